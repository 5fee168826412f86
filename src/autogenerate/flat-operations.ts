import { OpContainer } from '../operations/containers.ts'
import type { MigrateOperation } from '../operations/migrate-operation.ts'

/** The operations within a container and those within it, in order. */
export function flatOperations(container: OpContainer): MigrateOperation<unknown>[] {
  return container.ops.flatMap((one) => (one instanceof OpContainer ? flatOperations(one) : [one]))
}
