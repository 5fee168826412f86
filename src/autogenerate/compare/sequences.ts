import type { ReflectedSequence, SequenceLimits } from '../../engine/reflected.ts'
import type { AlterColumnOp } from '../../operations/alter-column.ts'
import { AlterSequenceOp } from '../../operations/alter-sequence.ts'
import type { UpgradeOps } from '../../operations/containers.ts'
import { CreateSequenceOp, DropSequenceOp } from '../../operations/create-sequence.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import { joinName } from '../../sql/elements/identifier.ts'
import type { Sequence } from '../../sql/schema/sequence.ts'
import type { SequenceOptions } from '../../sql/schema/server-default.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { flatOperations } from '../flat-operations.ts'
import { ColumnUsers } from './column-users.ts'
import { tableLabel } from './existing-table.ts'
import { assertSequenceNameFits } from './name-lengths.ts'

const log = getLogger('alembic.autogenerate.compare.sequences')

/** What a sequence counts by, nothing left to the server. */
type Numbering = Omit<ReflectedSequence, 'name' | 'limits' | 'columns'>

const COUNTING = ['increment', 'start', 'minvalue', 'maxvalue', 'cache'] as const

/** The sequences that no column owns, after the tables: new ones go before them, old ones behind. */
async function compareSequences(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
  schemas: ReadonlySet<string | null>,
): Promise<void> {
  if (!context.comparison.detect.sequences) return
  const models = modelSequences(context)
  const users = new ColumnUsers(context, flatOperations(upgradeOps))
  const [before, after]: [MigrateOperation<unknown>[], MigrateOperation<unknown>[]] = [[], []]
  for (const schema of schemas) {
    const found = await context.comparison.readSequences(schema)
    if (found === null) continue
    const wanted = models.filter((model) => model.schema === schema)
    const there = found.filter(({ name }) =>
      context.runNameFilters(name, 'sequence', { schemaName: schema }),
    )
    for (const { sequence } of wanted) {
      const same = there.find(({ name }) => name === sequence.name)
      before.push(...change(context, sequence, same))
    }
    for (const sequence of there) {
      if (wanted.some((model) => model.sequence.name === sequence.name)) continue
      const isLeft = ({ modifyServerDefault }: AlterColumnOp): boolean =>
        modifyServerDefault !== undefined
      if (users.leaving(sequence.columns, isLeft) === 'none') continue
      if (!context.runObjectFilters(sequence, sequence.name, 'sequence', true, null)) continue
      const { name } = sequence
      const original = new CreateSequenceOp(name, { ...sequenceDefinition(sequence), schema })
      after.push(new DropSequenceOp(name, { schema }, original))
      log.info(`Detected removed sequence '${tableLabel(schema, name)}'`)
    }
  }
  upgradeOps.ops.unshift(...before)
  upgradeOps.ops.push(...after)
}

/** The sequences of the models and of their columns; the default schema is `null`. */
function modelSequences(
  context: AutogenContext,
): readonly { readonly schema: string | null; readonly sequence: Sequence }[] {
  const { defaultSchemaName } = context.dialect.traits
  const free = context.metadata.flatMap(({ sequences }) => [...sequences.values()])
  const ofColumns = context.sortedTables.flatMap((table) =>
    table.columns.flatMap(({ sequence }) =>
      sequence === null || sequence.optional ? [] : [sequence],
    ),
  )
  const unique = new Map(
    [...ofColumns, ...free].map((sequence) => {
      const schema = sequence.schema === defaultSchemaName ? null : sequence.schema
      return [tableLabel(schema, sequence.name), { schema, sequence }]
    }),
  )
  return [...unique.values()]
}

/** What makes the model's sequence of that of the database; that may be none. */
function change(
  context: AutogenContext,
  sequence: Sequence,
  found: ReflectedSequence | undefined,
): readonly MigrateOperation<unknown>[] {
  const label = tableLabel(sequence.schema, sequence.name)
  if (!context.runObjectFilters(sequence, sequence.name, 'sequence', false, found ?? null)) {
    return []
  }
  assertSequenceNameFits(context, sequence.name)
  if (found === undefined) {
    log.info(`Detected added sequence '${label}'`)
    return [CreateSequenceOp.fromSequence(sequence)]
  }
  const wanted = complete(sequence.options, found.limits)
  const changed = [...COUNTING, 'cycle' as const].filter((key) => wanted[key] !== found[key])
  if (changed.length === 0) return []
  const numbering = Object.fromEntries(changed.map((key) => [key, plain(wanted[key])]))
  const existing = Object.fromEntries(changed.map((key) => [key, plain(found[key])]))
  log.info(`Detected changed sequence '${label}': ${changed.join(', ')}`)
  const { schema, name, quote } = sequence
  return [new AlterSequenceOp(joinName(name, quote, false), { ...numbering, existing, schema })]
}

/** What the server makes of options: what they leave out follows from the direction and the data type. */
function complete(options: SequenceOptions, limits: SequenceLimits): Numbering {
  const increment = BigInt(options.increment ?? 1)
  const isUp = increment > 0n
  const minvalue = BigInt(options.minvalue ?? (isUp ? 1n : limits.lowest))
  const maxvalue = BigInt(options.maxvalue ?? (isUp ? limits.highest : -1n))
  return {
    increment,
    minvalue,
    maxvalue,
    start: BigInt(options.start ?? (isUp ? minvalue : maxvalue)),
    cache: BigInt(options.cache ?? limits.cache),
    cycle: options.cycle ?? false,
  }
}

/** The options that a sequence must be made with to count as this one does. */
export function sequenceDefinition(found: ReflectedSequence): SequenceOptions {
  const plainOnes = complete({ increment: found.increment }, found.limits)
  const increment = found.increment === 1n ? [] : (['increment'] as const)
  const others = [...COUNTING, 'cycle' as const].filter((key) => found[key] !== plainOnes[key])
  return Object.fromEntries([...increment, ...others].map((key) => [key, plain(found[key])]))
}

function plain(value: bigint | boolean): number | bigint | boolean {
  if (typeof value === 'boolean') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareSequences, 'schema', {
    subgroup: 'sequences',
    priority: 'last',
  })
}
