import type { DefinitionPair, TableDefinitions } from '../../impl/table-definitions.ts'
import type { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Column } from '../../sql/schema/column.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { Index } from '../../sql/schema/table-index.ts'
import { EnumType } from '../../sql/types/enum.ts'
import type { TypeEngine } from '../../sql/types/type-engine.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { byName, modelChecks, reflectedChecks } from './check-constraints.ts'
import { columnCheckPairs } from './column-checks.ts'
import type { ExistingTable } from './existing-table.ts'
import { reflectedIndex } from './indexes.ts'
import { unnamedChecks, unnamedPairs } from './unnamed-checks.ts'

/** What of a table both sides give as SQL: indexes and CHECKs of the same name, columns that are generated. */
export function tableDefinitions(context: AutogenContext, table: ExistingTable): TableDefinitions {
  const checks = checkPairs(context, table)
  return {
    ...(checks.length === 0 ? {} : { retyped: retypedColumns(context, table) }),
    inspected: table.connTable,
    metadata: table.metadataTable,
    indexes: indexPairs(context, table),
    checks,
    // They are compared among the defaults.
    computed: (context.opts.compareServerDefault ?? false) === false ? [] : computedPairs(table),
  }
}

/** Types that any value can be cast to: the server writes conditions otherwise for each of them. */
const PLAIN = new Set(['Integer', 'Numeric', 'String'])

/** Columns that go from one of the plain types to another. */
function retypedColumns(
  { comparison, opts }: AutogenContext,
  { connTable, metadataTable }: ExistingTable,
): ReadonlyMap<string, TypeEngine> {
  if (opts.compareType === false) return new Map()
  const isPlain = ({ type }: Column): boolean =>
    PLAIN.has(type.affinity) && !(type instanceof EnumType) && type.variants.size === 0
  const pairs = metadataTable.columns.flatMap((metadata) => {
    const inspected = connTable.findColumn(metadata.name)
    const isPair = inspected !== undefined && isPlain(inspected) && isPlain(metadata)
    return isPair && comparison.compareType(inspected, metadata) ? [metadata] : []
  })
  return new Map(pairs.map(({ name, type }) => [name, type]))
}

function indexPairs(context: AutogenContext, table: ExistingTable): DefinitionPair<Index>[] {
  const wanted = new Map<string, Index>()
  for (const index of table.metadataTable.indexes) {
    const name = resolveName(index)
    if (name !== null) wanted.set(context.dialect.preparer.fitIndex(name), index)
  }
  const found = context.reflected.get(table.label)?.indexes ?? []
  return found.flatMap((reflected) => {
    const metadata = reflected.name === null ? undefined : wanted.get(reflected.name)
    if (metadata === undefined || reflected.duplicatesConstraint !== undefined) return []
    return [{ inspected: reflectedIndex(context, reflected, table.connTable), metadata }]
  })
}

function checkPairs(
  context: AutogenContext,
  { schema, connTable, metadataTable }: ExistingTable,
): DefinitionPair<CheckConstraint>[] {
  const { wanted } = modelChecks(metadataTable, context)
  const reflected = reflectedChecks(context, schema, connTable)
  const named = [...byName(reflected)].flatMap(([name, inspected]) => {
    const metadata = wanted.get(name)
    return metadata === undefined ? [] : [{ inspected, metadata }]
  })
  return [
    ...named,
    ...unnamedPairs(unnamedChecks(context, metadataTable, reflected, connTable)),
    ...columnCheckPairs(connTable, metadataTable),
  ]
}

function computedPairs({ connTable, metadataTable }: ExistingTable): DefinitionPair<Column>[] {
  const there = new Map(connTable.columns.map((column) => [column.name, column]))
  return metadataTable.columns.flatMap((metadata) => {
    const inspected = there.get(metadata.name)
    const isPair = metadata.computed !== null && (inspected?.computed ?? null) !== null
    return isPair && inspected !== undefined ? [{ inspected, metadata }] : []
  })
}
