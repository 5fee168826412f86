import type { CatalogReader } from '../../../src/engine/catalog-reader.ts'
import { Inspector } from '../../../src/engine/inspector.ts'
import { NullType } from '../../../src/sql/types/null-type.ts'

/** Types that the reference does not read from PostgreSQL's catalog, and so does not compare. */
const UNKNOWN = new Set(
  'BOX CIRCLE JSONPATH LINE LSEG PATH PG_LSN POINT POLYGON TSQUERY XML'.split(' '),
)

/** The inspector, with types that the reference does not know as it sees them. */
export function withoutUnknownTypes(inspector: Inspector): Inspector {
  const { reader } = inspector
  const readColumns: CatalogReader['readColumns'] = async (scope) => {
    const tables = await reader.readColumns(scope)
    return new Map(
      [...tables].map(([name, columns]) => [
        name,
        columns.map((column) =>
          UNKNOWN.has(column.type.typeName) ? { ...column, type: NullType() } : column,
        ),
      ]),
    )
  }
  const proxy = new Proxy(reader, {
    get(target, key) {
      if (key === 'readColumns') return readColumns
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  return new Inspector(proxy)
}
