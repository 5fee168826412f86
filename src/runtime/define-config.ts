import type { ProjectSettings } from '../config/settings.ts'
import type { DefaultEnvironmentSettings } from './default-environment.ts'

/** Everything that an `alembic.config.ts` can say: where things are, and what `context.configure()` takes. */
export type AlembicConfig = ProjectSettings & DefaultEnvironmentSettings

/**
 * A project's configuration, checked as it is typed. With it no env file is needed.
 *
 * @example
 * export default defineConfig({
 *   url: '${DATABASE_URL}',
 *   scriptLocation: 'migrations',
 *   models: Base.metadata,
 * })
 */
export function defineConfig(config: AlembicConfig): AlembicConfig {
  return config
}
