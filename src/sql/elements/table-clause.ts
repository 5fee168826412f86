import { brand } from '../../util/brand.ts'
import { NoSuchObjectError } from '../../errors/schema-error.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { ColumnExpression, type TableReference } from './column-expression.ts'
import { nameParts, type NameLike } from './identifier.ts'

/** A column by name, outside any `MetaData`: what `sa.column()` makes. */
export class ColumnClause extends ColumnExpression {
  static {
    brand(this, 'ColumnClause')
  }

  override readonly name: string
  override readonly quote: boolean | null
  override readonly type: TypeEngine | null
  override table: TableReference | null = null

  constructor(name: NameLike, type: TypeEngine | null = null) {
    super()
    const parts = nameParts(name)
    this.name = parts.text
    this.quote = parts.quote
    this.type = type
  }
}

/** A table by name with just the columns that a data migration needs: what `sa.table()` makes. */
export class TableClause implements TableReference {
  static {
    brand(this, 'TableClause')
  }

  readonly name: string
  readonly quote: boolean | null
  readonly schema: string | null
  readonly columns: readonly ColumnClause[]

  constructor(name: NameLike, columns: readonly ColumnClause[], schema: string | null = null) {
    const parts = nameParts(name)
    this.name = parts.text
    this.quote = parts.quote
    this.schema = schema
    this.columns = columns
    for (const column of columns) column.table = this
  }

  /** The columns by name. */
  get c(): Readonly<Record<string, ColumnClause>> {
    const { name } = this
    const byName = Object.fromEntries(this.columns.map((column) => [column.name, column]))
    return new Proxy(byName, {
      get(target, key) {
        if (typeof key !== 'string' || key in target) return target[key as string]
        throw new NoSuchObjectError(
          `Table '${name}' has no column '${key}'; list it in sa.table('${name}', sa.column('${key}'))`,
        )
      },
    })
  }
}

/**
 * A reference to a column by name.
 *
 * @example
 * sa.column('name', sa.String())
 */
export function column(name: NameLike, type?: TypeEngine): ColumnClause {
  return new ColumnClause(name, type ?? null)
}

/**
 * A table for data migrations: its name and the columns that are used.
 *
 * @example
 * const account = sa.table('account', sa.column('name', sa.String()))
 * await op.execute(sa.update(account).values({ name: 'x' }))
 */
export function table(
  name: NameLike,
  ...rest: readonly (ColumnClause | { readonly schema?: string })[]
): TableClause {
  const columns: ColumnClause[] = []
  let schema: string | null = null
  for (const item of rest) {
    if (item instanceof ColumnClause) columns.push(item)
    else schema = item.schema ?? null
  }
  return new TableClause(name, columns, schema)
}
