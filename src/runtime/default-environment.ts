import { engineFromConfig } from '../engine/engine-from-config.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { ConfigureOptions } from './configure-options.ts'
import type { EnvironmentContext } from './environment-context.ts'

/** What a project without an env file says in its one configuration object. */
export interface DefaultEnvironmentSettings extends ConfigureOptions {
  /** The models, under the name that a configuration file uses for them. */
  readonly models?: ConfigureOptions['targetMetadata']
}

/** Does what the env file of `alembic init` does, with the options of a configuration object. */
export async function runDefaultEnvironment(
  environment: EnvironmentContext,
  settings: DefaultEnvironmentSettings,
): Promise<void> {
  const { connection: configured, models, url: _url, ...options } = settings
  const given = environment.config.attributes['connection'] ?? configured
  const targetMetadata = options.targetMetadata ?? models ?? null
  const url = environment.config.getMainOption('sqlalchemy.url')
  if (environment.isOfflineMode()) {
    await environment.configure({
      ...options,
      url,
      ...(url === null && given !== undefined ? { connection: await resolve(given) } : {}),
      targetMetadata,
      literalBinds: true,
      dialectOpts: { paramstyle: 'named', ...options.dialectOpts },
    })
    await environment.beginTransaction(() => environment.runMigrations())
    return
  }
  if (given !== undefined && given !== null) {
    await environment.configure({ ...options, connection: await resolve(given), targetMetadata })
    await environment.beginTransaction(() => environment.runMigrations())
    return
  }
  if (url === null) {
    throw new ConfigError(
      "The configuration says neither 'url' nor 'connection'; add the URL of your database: url: '<database>://user@host/name'",
    )
  }
  await runOnUrl(environment, { ...options, targetMetadata })
}

async function runOnUrl(environment: EnvironmentContext, options: ConfigureOptions): Promise<void> {
  const { config } = environment
  const engine = engineFromConfig(config.getSection(config.configIniSection, {}), {
    prefix: 'sqlalchemy.',
  })
  const connection = await engine.connect()
  try {
    await environment.configure({ ...options, connection })
    await environment.beginTransaction(() => environment.runMigrations())
  } finally {
    await connection.close()
  }
}

/** A connection may be given as a function that makes it. */
async function resolve(connection: unknown): Promise<unknown> {
  return typeof connection === 'function' ? await (connection as () => unknown)() : connection
}
