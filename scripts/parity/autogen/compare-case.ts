import { compareMetadata } from '../../../src/autogenerate/produce.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { REFERENCE_DETECTIONS } from '../../../src/impl/detections.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import * as sa from '../../../src/sa.ts'
import type { Column, ColumnOptions } from '../../../src/sql/schema/column.ts'
import type { ServerDefaultLike } from '../../../src/sql/schema/server-default.ts'
import type { CaseResult } from '../family.ts'
import type { EmptyDatabases } from '../live/empty-databases.ts'
import { readTypeNode, type TypeNode } from '../nodes/types.ts'
import { readValue } from '../values.ts'

/** In the matrices a column counts as unchanged where its type and default are, whatever its collation and ON UPDATE. */
const DETECTIONS = { ...REFERENCE_DETECTIONS, collations: false, onUpdateDefaults: false }

/** Whether a change is reported; null: not compared; an object: the comparison fails. */
type Answer = boolean | null | { readonly error: string }

/** A case of `compare_types_*.json`. */
export interface CompareTypesCase {
  readonly id: string
  readonly pre: readonly string[]
  readonly db: string
  readonly models: readonly (TypeNode | null)[]
  readonly changed: readonly Answer[]
}

/** A case of `compare_defaults_*.json`. */
export interface CompareDefaultsCase {
  readonly id: string
  readonly pre: readonly string[]
  readonly type: string
  readonly default: string | null
  readonly model_type: TypeNode
  readonly models: readonly unknown[]
  readonly changed: readonly Answer[]
}

/** Which types are reported as a change of a column. */
export async function runCompareTypes(
  { id, pre, db, models, changed }: CompareTypesCase,
  databases: EmptyDatabases,
): Promise<CaseResult> {
  const connection = await databases.connect({ asReference: false })
  try {
    for (const sql of [...pre, `CREATE TABLE t (c ${db})`]) await connection.execute(sql)
    const actual: Answer[] = []
    for (const model of models) {
      actual.push(
        await isChanged(connection, () => sa.Column('c', readTypeNode(model)), 'modify_type'),
      )
    }
    return verdict(id, models, changed, actual)
  } finally {
    await connection.close()
  }
}

/** Which defaults are reported as a change of a column. */
export async function runCompareDefaults(
  { id, pre, type, default: text, model_type: modelType, models, changed }: CompareDefaultsCase,
  databases: EmptyDatabases,
): Promise<CaseResult> {
  const connection = await databases.connect({ asReference: false })
  try {
    const clause = text === null ? '' : ` DEFAULT ${text}`
    for (const sql of [...pre, `CREATE TABLE t (c ${type}${clause})`]) {
      await connection.execute(sql)
    }
    const actual: Answer[] = []
    const options = { compareServerDefault: true, compareType: false }
    for (const model of models) {
      const make = (): Column => {
        const serverDefault = readValue(model) as ServerDefaultLike | null
        return sa.Column('c', readTypeNode(modelType), { serverDefault } as ColumnOptions)
      }
      actual.push(await isChanged(connection, make, 'modify_default', options))
    }
    return verdict(id, models, changed, actual)
  } finally {
    await connection.close()
  }
}

async function isChanged(
  connection: Connection,
  column: () => Column,
  tag: 'modify_type' | 'modify_default',
  options: object = {},
): Promise<Answer> {
  try {
    const metadata = sa.MetaData()
    sa.Table('t', metadata, column())
    const context = await MigrationContext.configure({
      connection,
      detect: DETECTIONS,
      ...options,
    })
    const changes = (await compareMetadata(context, metadata)).flat(1)
    return changes.some((change) => Array.isArray(change) && change[0] === tag)
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function verdict(
  id: string,
  models: readonly unknown[],
  changed: readonly Answer[],
  actual: readonly Answer[],
): CaseResult {
  const wrong = changed.flatMap((answer, at) => {
    const found = actual[at] ?? null
    // What the reference does not compare, or fails at, has no expected answer.
    const isSame = answer === null || typeof answer === 'object' || answer === found
    return isSame
      ? []
      : [
          `${JSON.stringify(models[at])}: expected ${JSON.stringify(answer)}, is ${JSON.stringify(found)}`,
        ]
  })
  return { id, passed: wrong.length === 0, message: wrong.slice(0, 12).join('\n') }
}
