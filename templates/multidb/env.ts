import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { context, engineFromConfig, fileConfig, getLogger, type sa } from 'alembic-ts'

// What alembic.ini and the command line say.
const config = context.config

// Logging as alembic.ini has it.
if (config.configFileName !== null) fileConfig(config.configFileName)
const logger = getLogger('alembic.env')

// The sections of the databases in alembic.ini.
const names = config.getMainOption('databases', '').split(/,\s*/)

// The models of each database, that `alembic revision --autogenerate` and `alembic check` compare it with:
// import { billing, users } from '../src/models.ts'
// const targetMetadata: Record<string, sa.MetaData> = { engine1: users, engine2: billing }
const targetMetadata: Record<string, sa.MetaData> = {}

/** `--sql`: writes one script for each database, `<name>.sql`. */
async function runMigrationsOffline(): Promise<void> {
  for (const name of names) {
    logger.info(`Migrating database ${name}`)
    const file = `${name}.sql`
    logger.info(`Writing output to ${file}`)
    const outputBuffer = createWriteStream(file)
    await context.configure({
      url: config.getSectionOption(name, 'sqlalchemy.url'),
      outputBuffer,
      targetMetadata: targetMetadata[name] ?? null,
      literalBinds: true,
      dialectOpts: { paramstyle: 'named' },
    })
    await context.beginTransaction(() => context.runMigrations({ engineName: name }))
    outputBuffer.end()
    await once(outputBuffer, 'finish')
  }
}

/**
 * Runs the migrations of all databases. Those that can take DDL back commit only when all have succeeded; the others commit
 * each revision, and `alembic upgrade head --resume` goes on with one that failed half way.
 */
async function runMigrationsOnline(): Promise<void> {
  const databases = []
  try {
    for (const name of names) {
      const engine = engineFromConfig(config.getSection(name, {}), { prefix: 'sqlalchemy.' })
      const connection = await engine.connect()
      databases.push({ name, connection })
      const { rollsBackDdl, transactionalDdl } = connection.dialect.traits
      if (rollsBackDdl ?? transactionalDdl) await connection.begin()
    }
    for (const { name, connection } of databases) {
      logger.info(`Migrating database ${name}`)
      await context.configure({
        connection,
        // Begun above, committed below.
        externalTransaction: connection.inTransaction(),
        upgradeToken: `${name}_upgrades`,
        downgradeToken: `${name}_downgrades`,
        targetMetadata: targetMetadata[name] ?? null,
      })
      await context.runMigrations({ engineName: name })
    }
    for (const { connection } of databases)
      if (connection.inTransaction()) await connection.commit()
  } catch (error) {
    for (const { connection } of databases)
      if (connection.inTransaction()) await connection.rollback()
    throw error
  } finally {
    for (const { connection } of databases) await connection.close()
  }
}

if (context.isOfflineMode()) await runMigrationsOffline()
else await runMigrationsOnline()
