import { currentEnvironment } from './current-environment.ts'
import type { EnvironmentContext } from './environment-context.ts'

/**
 * The environment of the running command: what `env.ts` configures and runs.
 *
 * @example
 * import { context } from 'alembic-ts'
 * await context.configure({ connection, targetMetadata: Base.metadata })
 * await context.beginTransaction(() => context.runMigrations())
 */
export const context: EnvironmentContext = new Proxy(Object.create(null) as EnvironmentContext, {
  get(_target, key) {
    if (typeof key !== 'string' || key === 'then') return undefined
    const environment = currentEnvironment(key)
    const value: unknown = Reflect.get(environment, key, environment)
    return typeof value === 'function' ? (value.bind(environment) as unknown) : value
  },
})
