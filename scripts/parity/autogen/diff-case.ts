import { AlterColumnOp } from '../../../src/operations/alter-column.ts'
import { openAutogenContext } from '../../../src/autogenerate/open-context.ts'
import type { IncludeName, IncludeObject } from '../../../src/autogenerate/options.ts'
import { produceNetChanges } from '../../../src/autogenerate/produce.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import { DowngradeOps, OpContainer, UpgradeOps } from '../../../src/operations/containers.ts'
import { createAll } from '../../../src/runtime/create-all.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import type * as sa from '../../../src/sa.ts'
import { REFERENCE_DETECTIONS } from '../../../src/impl/detections.ts'
import type { CaseResult } from '../family.ts'
import type { EmptyDatabases } from '../live/empty-databases.ts'
import { differences } from '../reflect/compare.ts'
import { asRecorded } from '../reflect/sqlite-as-recorded.ts'
import { readValue } from '../values.ts'
import { asFarAsRecorded, canonical, hasMisreadFormula } from './canonical.ts'
import { Describer } from './describe.ts'
import { describeExpected, withoutBlanks } from './expected.ts'
import { describeOperation } from './operations.ts'
import { withoutUnknownTypes } from './unknown-types.ts'

type ObjectAnswer = [string | null, string, boolean, boolean, string | null, string | null, boolean]
type NameAnswer = [string | null, string, Readonly<Record<string, string | null>>, boolean]

/** A case of `diff_*.json`. */
export interface DiffCase {
  readonly id: string
  readonly server: string
  readonly opts: {
    readonly schemas?: readonly (string | null)[]
    readonly include_object?: readonly ObjectAnswer[]
    readonly include_name?: readonly NameAnswer[]
    readonly [option: string]: unknown
  }
  readonly setup?: readonly string[]
  readonly before: unknown
  readonly extra_ddl?: readonly string[]
  readonly after: unknown
  readonly diffs?: unknown
  readonly ops?: { readonly upgrade: unknown; readonly downgrade: unknown }
  readonly error?: { readonly type: string; readonly message: string }
}

/** Makes the database of `before`, compares it with `after`, and this with what the reference found. */
export async function runDiffCase(one: DiffCase, databases: EmptyDatabases): Promise<CaseResult> {
  const connection = await databases.connect({ asReference: !isUnchanged(one) })
  try {
    for (const sql of one.setup ?? []) await connection.execute(sql)
    for (const metadata of models(one.before)) await createAll(metadata, connection)
    for (const sql of one.extra_ddl ?? []) await connection.execute(sql)
    return await compare(one, connection)
  } catch (error) {
    const message = (error as Error).stack ?? String(error)
    return { id: one.id, passed: one.error !== undefined, message }
  } finally {
    await connection.close()
  }
}

/** The model of the database that is there: whatever the reference found, there is no change. */
function isUnchanged({ before, after, extra_ddl: extraDdl }: DiffCase): boolean {
  return extraDdl === undefined && JSON.stringify(before) === JSON.stringify(after)
}

/** Models that were made of what the reference had reflected, too. */
function findsNothing(one: DiffCase): boolean {
  return isUnchanged(one) || one.id.startsWith('keep_')
}

function models(value: unknown): sa.MetaData[] {
  return [readValue(withoutBlanks(value))].flat() as sa.MetaData[]
}

async function compare(one: DiffCase, connection: Connection): Promise<CaseResult> {
  const targetMetadata = models(one.after)
  const context = await MigrationContext.configure({
    connection,
    targetMetadata,
    ...readOptions(one.opts),
    // Where nothing has changed, nothing may be found by whatever is looked for.
    // A formula that the reference read wrong is another one than the database has.
    detect: findsNothing(one)
      ? { computedExpressions: !hasMisreadFormula(one.after) }
      : REFERENCE_DETECTIONS,
  })
  const all = await inspect(connection)
  const inspector = isUnchanged(one) ? all : withoutUnknownTypes(asRecorded(all, connection))
  const autogen = await openAutogenContext(context, { inspector })
  const upgradeOps = new UpgradeOps()
  await produceNetChanges(autogen, upgradeOps)
  const downgradeOps = upgradeOps.reverseInto(new DowngradeOps())
  if (one.error !== undefined) return { id: one.id, passed: false, expected: one.error }

  const describer = new Describer(connection.dialect)
  const expected = findsNothing(one)
    ? {
        upgrade: { op: 'upgrade_ops', ops: [] },
        downgrade: { op: 'downgrade_ops', ops: [] },
        diffs: [],
      }
    : (describeExpected(withoutBlanks({ ...one.ops, diffs: one.diffs }), describer) as object)
  if (one.opts['compare_type'] === false) forgetExistingTypes(upgradeOps, downgradeOps)
  const actual = {
    upgrade: describeOperation(upgradeOps, describer),
    downgrade: describeOperation(downgradeOps, describer),
    diffs: describer.describe(upgradeOps.asDiffs()),
  }
  const found = differences(canonical(expected), canonical(asFarAsRecorded(expected, actual)))
  return { id: one.id, passed: found.length === 0, message: found.slice(0, 8).join('\n') }
}

/** The reference notes the existing type only where it compares types; here it is always known. */
function forgetExistingTypes(...containers: readonly OpContainer[]): void {
  for (const { ops } of containers) {
    for (const op of ops) {
      if (op instanceof OpContainer) forgetExistingTypes(op)
      if (op instanceof AlterColumnOp) op.existingType = undefined
    }
  }
}

function readOptions(opts: DiffCase['opts']): Record<string, unknown> {
  const options: Record<string, unknown> = {
    compareType: opts['compare_type'] ?? true,
    compareServerDefault: opts['compare_server_default'] ?? false,
    includeSchemas: opts['include_schemas'] ?? false,
  }
  if (opts['version_table'] !== undefined) options['versionTable'] = opts['version_table']
  if (opts['version_table_schema'] !== undefined) {
    options['versionTableSchema'] = opts['version_table_schema']
  }
  if (opts['autogenerate_plugins'] !== undefined) {
    options['autogeneratePlugins'] = opts['autogenerate_plugins']
  }
  const includeName = nameFilter(opts)
  if (includeName !== undefined) options['includeName'] = includeName
  if (opts.include_object !== undefined)
    options['includeObject'] = objectFilter(opts.include_object)
  return options
}

function nameFilter({ schemas, include_name: names }: DiffCase['opts']): IncludeName | undefined {
  if (schemas === undefined && names === undefined) return undefined
  return (name, type, parents) => {
    if (type === 'schema' && schemas !== undefined) return schemas.includes(name)
    const found = (names ?? []).find(
      ([ofName, ofType, where]) =>
        ofName === name &&
        ofType === type &&
        (where['schema_name'] ?? null) === (parents.schemaName ?? null) &&
        (where['table_name'] ?? null) === (parents.tableName ?? null),
    )
    return found?.[3] ?? true
  }
}

function objectFilter(answers: readonly ObjectAnswer[]): IncludeObject {
  return (object, name, type, reflected, compareTo) => {
    const table = type === 'table' ? object : (object as { table?: unknown }).table
    const owner = table as { name?: string; schema?: string | null } | null
    const found = answers.find(
      (answer) =>
        answer[0] === name &&
        answer[1] === type &&
        answer[2] === reflected &&
        answer[3] === (compareTo !== null) &&
        answer[4] === (owner?.name ?? null) &&
        answer[5] === (owner?.schema ?? null),
    )
    return found?.[6] ?? true
  }
}
