import type { DefinitionPair } from '../../impl/table-definitions.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Column } from '../../sql/schema/column.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { ownCheck } from './column-checks.ts'

/** The CHECKs of a table that names alone don't pair. */
export interface UnnamedChecks {
  /** Of the models, those of types among them. */
  readonly wanted: readonly CheckConstraint[]
  /** Of the database: those that the models don't know by name. What the server named comes first. */
  readonly there: readonly CheckConstraint[]
}

/** The CHECKs without a name in the models, and what of the database may be one of them. */
export function unnamedChecks(
  { comparison, dialect }: AutogenContext,
  metadataTable: TableClass,
  reflected: readonly CheckConstraint[],
  connTable: TableClass,
): UnnamedChecks {
  if (!comparison.detect.unnamedConstraints) return { wanted: [], there: [] }
  const { constraints } = dialect.ddl
  const all = [
    ...metadataTable.constraints,
    ...metadataTable.columns.flatMap((column) =>
      checksOfTable(comparison, column, connTable.findColumn(column.name)),
    ),
  ].filter((one) => one instanceof CheckConstraint)
  const names = new Set<string>()
  const wanted: CheckConstraint[] = []
  for (const check of all) {
    const resolved = resolveName(check)
    if (resolved !== null) names.add(dialect.preparer.fitConstraint(resolved))
    else if (constraints.isCreated(check)) wanted.push(check)
  }
  const unknown = reflected.filter(({ name }) => name === null || !names.has(name))
  const isServers = (check: CheckConstraint): boolean => isServerNamed(comparison, check)
  return {
    wanted,
    there: [...unknown.filter(isServers), ...unknown.filter((check) => !isServers(check))],
  }
}

/** Of the CHECKs of a column those that don't stand with it in the database; a new column brings all of them along. */
function checksOfTable(
  comparison: AutogenContext['comparison'],
  column: Column,
  there: Column | undefined,
): readonly CheckConstraint[] {
  if (there === undefined) return []
  if (comparison.reflectsColumnChecks) return column.checks
  const own = there.checks.length === 0 ? null : ownCheck(column)
  return column.checks.filter((check) => check !== own)
}

/** Whether a CHECK of the database has a name that nobody gave it, or none. */
export function isServerNamed(
  comparison: AutogenContext['comparison'],
  { name, table }: CheckConstraint,
): boolean {
  if (name === null) return true
  return comparison.isServerMadeCheckName(name, table as TableClass)
}

/** Everything that may be a pair, for the server to be asked about. */
export function unnamedPairs({ wanted, there }: UnnamedChecks): DefinitionPair<CheckConstraint>[] {
  return wanted.flatMap((metadata) => there.map((inspected) => ({ inspected, metadata })))
}

/** Pairs those with the same condition; what can't be compared is taken to be the same, if nothing else is. */
export function pairUnnamed(
  { comparison }: AutogenContext,
  { wanted, there }: UnnamedChecks,
): ReadonlyMap<CheckConstraint, CheckConstraint> {
  const pairs = new Map<CheckConstraint, CheckConstraint>()
  const open = new Set(there)
  for (const kind of ['equal', 'skip'] as const) {
    for (const metadata of wanted) {
      if (pairs.has(metadata)) continue
      const found = [...open].find(
        (inspected) => comparison.compareCheckConstraints(metadata, inspected).kind === kind,
      )
      if (found === undefined) continue
      pairs.set(metadata, found)
      open.delete(found)
    }
  }
  return pairs
}
