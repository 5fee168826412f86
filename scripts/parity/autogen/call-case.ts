import { createComparison } from '../../../src/impl/comparison-registry.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { loadDialect } from '../../../src/engine/registry.ts'
import { ComparisonImpl } from '../../../src/impl/comparison.ts'
import * as sa from '../../../src/sa.ts'
import { ColumnClass, type Column } from '../../../src/sql/schema/column.ts'
import { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import type { CaseResult } from '../family.ts'
import type { EmptyDatabases } from '../live/empty-databases.ts'
import { readValue } from '../values.ts'

/** A direct call of `compare_type` or, with rendered defaults, of `compare_server_default`. */
export interface CallCase {
  readonly id: string
  /** `default` is the class that holds for most servers. */
  readonly dialect: string
  readonly inspector: unknown
  readonly metadata: unknown
  readonly rendered_inspector_default?: string | null
  readonly rendered_metadata_default?: string | null
  readonly changed: boolean
}

/** Asks a dialect's comparison one question. */
export async function runCallCase(one: CallCase, databases: EmptyDatabases): Promise<CaseResult> {
  const connection = await databases.connect()
  try {
    const comparison = await comparisonOf(one.dialect, connection)
    const [inspected, metadata] = [column(one.inspector), column(one.metadata)]
    const actual =
      'rendered_metadata_default' in one
        ? await compareDefaults(comparison, one, inspected, metadata)
        : comparison.compareType(inspected, metadata)
    return { id: one.id, passed: actual === one.changed, expected: one.changed, actual }
  } finally {
    await connection.close()
  }
}

async function comparisonOf(name: string, connection: Connection): Promise<ComparisonImpl> {
  if (name === 'default') return new ComparisonImpl({ dialect: connection.dialect, connection })
  const dialect =
    name === connection.dialect.name
      ? connection.dialect
      : (await loadDialect(name)).createDialect()
  return await createComparison({ dialect, connection })
}

async function compareDefaults(
  comparison: ComparisonImpl,
  one: CallCase,
  inspected: Column,
  metadata: Column,
): Promise<boolean> {
  const pair = {
    inspected,
    metadata,
    inspectedDefault: one.rendered_inspector_default ?? null,
    metadataDefault: one.rendered_metadata_default ?? null,
  }
  await comparison.prepareServerDefaults([pair])
  return comparison.compareServerDefault(pair)
}

/** A column, given as one or as its type. */
function column(value: unknown): Column {
  const read = readValue(value)
  const given = read instanceof TypeEngine ? sa.Column('c', read) : read
  if (!(given instanceof ColumnClass)) throw new TypeError('a call is about columns or types')
  if (given.table === null) sa.Table('t', sa.MetaData(), given)
  return given
}
