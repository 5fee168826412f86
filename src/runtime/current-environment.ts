import { AsyncLocalStorage } from 'node:async_hooks'
import { NoRunningMigrationError } from '../errors/operation-error.ts'

/** Two copies of the package in one process must find the same environment. */
const KEY = Symbol.for('alembic-ts.environment')
const globals = globalThis as { [KEY]?: AsyncLocalStorage<object> }
const environments = (globals[KEY] ??= new AsyncLocalStorage<object>())

/** Runs `body` such that `context` means `environment` in it. */
export function withEnvironment<T>(environment: object, body: () => T): T {
  return environments.run(environment, body)
}

/** The environment of the running command. `called` names what was called, for the error. */
export function currentEnvironment(called: string): object {
  const environment = environments.getStore()
  if (environment !== undefined) return environment
  throw new NoRunningMigrationError(
    `Can't use context.${called} here: no command is running. 'context' works in env.ts and in migrations, while alembic runs them`,
  )
}
