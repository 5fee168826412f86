import { context, engineFromConfig, fileConfig } from 'alembic-ts'

// What alembic.ini and the command line say.
const config = context.config

// Logging as alembic.ini has it.
if (config.configFileName !== null) fileConfig(config.configFileName)

// The models that `alembic revision --autogenerate` and `alembic check` compare the database with:
// import { Base } from '../src/models.ts'
// const targetMetadata = Base.metadata
const targetMetadata = null

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

/** Runs the migrations on a connection of their own, or on that of the program that runs the command. */
async function runMigrationsOnline(): Promise<void> {
  const given = config.attributes['connection']
  if (given !== undefined) {
    await context.configure({ connection: given, targetMetadata })
    await context.beginTransaction(() => context.runMigrations())
    return
  }
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
