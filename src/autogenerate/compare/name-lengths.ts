import type { Dialect } from '../../sql/compile/dialect.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import { Index } from '../../sql/schema/table-index.ts'
import type { AutogenContext } from '../autogen-context.ts'

const WAY = 'the server cuts such names or refuses them: give it a shorter one in the models'

/**
 * Refuses names of tables, columns, constraints and indexes that the server would cut: what it has would never be what the models say. Tables and
 * columns that `includeObject` leaves out may be called as they like.
 *
 * @throws IdentifierError
 */
export function assertNamesFit(context: AutogenContext, tables: Iterable<TableClass>): void {
  const { preparer } = context.dialect
  const max = longest(context.dialect)
  const isLong = (name: string): boolean => preparer.lengthOf(name) > max
  for (const table of tables) {
    const columns = table.columns.filter((column) => !column.system && isLong(column.name))
    const named = ownNames(table).filter(({ name }) => isLong(name))
    if (!isLong(table.name) && columns.length === 0 && named.length === 0) continue
    if (!context.runObjectFilters(table, table.name, 'table', false)) continue
    preparer.assertFits(table.name, { what: 'Table', way: WAY, max })
    for (const column of columns) {
      if (!context.runObjectFilters(column, column.name, 'column', false)) continue
      preparer.assertFits(column.name, { what: `Table '${table.name}': column`, way: WAY, max })
    }
    for (const { kind, name } of named) {
      preparer.assertFits(name, { what: `Table '${table.name}': ${kind}`, way: WAY, max })
    }
  }
}

/** The names of constraints and indexes that nobody may shorten. */
function ownNames(table: TableClass): readonly { readonly kind: string; readonly name: string }[] {
  const checks = table.columns.flatMap((column) => column.checks)
  return [...table.constraints, ...checks, ...table.indexes].flatMap((object) => {
    if (object.name === null) return []
    const resolved = resolveName(object)
    if (resolved === null || resolved.truncatable) return []
    const kind = object instanceof Index ? 'index' : `${object.kind} constraint`
    return [{ kind, name: resolved.text }]
  })
}

/** Refuses the name of a sequence that the server would cut. */
export function assertSequenceNameFits({ dialect }: AutogenContext, name: string): void {
  dialect.preparer.assertFits(name, { what: 'Sequence', way: WAY, max: longest(dialect) })
}

/** MySQL's 255 are those of aliases: what it stores has 64, as indexes have (MySQL 8.0, 9.2.1). */
function longest({ traits }: Dialect): number {
  return Math.min(traits.maxIdentifierLength, traits.maxIndexNameLength)
}
