import { AsyncLocalStorage } from 'node:async_hooks'
import { NoRunningMigrationError } from '../errors/operation-error.ts'
import type { OperationContext } from './operation-context.ts'

/** Two copies of the package in one process must find the same migration. */
const KEY = Symbol.for('alembic-ts.running-migration')
const globals = globalThis as { [KEY]?: AsyncLocalStorage<OperationContext> }
const running = (globals[KEY] ??= new AsyncLocalStorage<OperationContext>())

/** Runs `body` such that `op` means `context` in it, and in everything that it starts. */
export function runWith<T>(context: OperationContext, body: () => T): T {
  return running.run(context, body)
}

/** The running migration; undefined outside of one. */
export function runningContext(): OperationContext | undefined {
  return running.getStore()
}

/** The running migration. `called` is the `op` function that asks for it. Throws NoRunningMigrationError. */
export function currentContext(called: string): OperationContext {
  const context = running.getStore()
  if (context !== undefined) return context
  throw new NoRunningMigrationError(
    `Can't invoke function '${called}': no migration is running here. Call op.${called}() inside upgrade() or downgrade(), not at the top of a module`,
  )
}
