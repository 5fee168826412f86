import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { BatchCall } from '../../impl/operation-target.ts'
import type { OperationContext } from '../operation-context.ts'
import type { BatchRecord } from './batch-record.ts'
import type { BatchSettings } from './batch-options.ts'
import { recreateTable } from './recreate.ts'

/** Carries out what a batch took down: statement by statement, or by making the table anew. */
export async function flushBatch(
  ctx: OperationContext,
  settings: BatchSettings,
  record: BatchRecord,
): Promise<void> {
  if (record.recreates) {
    await recreateTable(ctx, settings, record.calls)
    return
  }
  for (const call of record.calls) await replay(ctx.impl, call)
}

async function replay(impl: MigrationImpl, call: BatchCall): Promise<void> {
  switch (call.method) {
    case 'addColumn':
      return await impl.addColumn(...call.args)
    case 'dropColumn':
      return await impl.dropColumn(...call.args)
    case 'alterColumn':
      return await impl.alterColumn(...call.args)
    case 'addConstraint':
      return await impl.addConstraint(...call.args)
    case 'dropConstraint':
      return await impl.dropConstraint(...call.args)
    case 'createIndex':
      return await impl.createIndex(...call.args)
    case 'dropIndex':
      return await impl.dropIndex(...call.args)
    case 'createTableComment':
      return await impl.createTableComment(...call.args)
    case 'dropTableComment':
      return await impl.dropTableComment(...call.args)
    case 'createColumnComment':
      return await impl.createColumnComment(...call.args)
  }
}
