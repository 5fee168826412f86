import { context, engineFromConfig, fileConfig } from 'alembic-ts'
import { databaseUrl } from '../src/database-url.ts'
import { Base } from '../src/models.ts'

// What alembic.ini and the command line say.
const config = context.config

// Logging as alembic.ini has it.
if (config.configFileName !== null) fileConfig(config.configFileName)

// The URL comes from the environment, as the application's does; a percent sign is written twice in alembic.ini.
config.setMainOption('sqlalchemy.url', databaseUrl().replaceAll('%', '%%'))

const targetMetadata = Base.metadata

/** `--sql`: writes the script; needs the URL, but no database and no driver. */
async function runMigrationsOffline(): Promise<void> {
  await context.configure({
    url: config.getMainOption('sqlalchemy.url'),
    targetMetadata,
    literalBinds: true,
    dialectOpts: { paramstyle: 'named' },
  })
  await context.beginTransaction(() => context.runMigrations())
}

/** Runs the migrations on a connection of their own. */
async function runMigrationsOnline(): Promise<void> {
  const engine = engineFromConfig(config.getSection(config.configIniSection, {}), {
    prefix: 'sqlalchemy.',
  })
  const connection = await engine.connect()
  try {
    await context.configure({ connection, targetMetadata })
    await context.beginTransaction(() => context.runMigrations())
  } finally {
    await connection.close()
  }
}

if (context.isOfflineMode()) await runMigrationsOffline()
else await runMigrationsOnline()
