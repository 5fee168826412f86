import { adoptConnection, withAdopted } from '../engine/adopt-connection.ts'
import type { Connection } from '../engine/connection.ts'
import { OfflineRecorder, type ScriptTerminators } from '../engine/offline-recorder.ts'
import { loadDialect } from '../engine/registry.ts'
import { makeUrl } from '../engine/url.ts'
import { CommandError } from '../errors/command-error.ts'
import { ConfigError } from '../errors/config-error.ts'
import { TransactionError } from '../errors/driver-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import { createImpl } from '../impl/registry.ts'
import { LiveSink, OfflineSink } from '../impl/statement-sink.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { ConfigureOptions } from './configure-options.ts'
import { GuardedSink, IdempotentScript } from './offline/idempotent-script.ts'

/** Where statements go, and what is known of the place. */
export interface MigrationTarget {
  readonly impl: MigrationImpl
  /** `null` in `--sql` mode. */
  readonly connection: Connection | null
  /** A transaction is open that the caller began and will end. */
  readonly isExternal: boolean
  readonly displayUrl: string
  /** The script is to be one for any state; `null` where it isn't, or there is none. */
  readonly idempotent: IdempotentScript | null
  /** Gives back what was taken from the user's pool; leaves open what the user opened. */
  close(): Promise<void>
}

/** Makes of `configure()`'s options a live connection, or a script to write. */
export async function openMigrationTarget(options: ConfigureOptions): Promise<MigrationTarget> {
  if (options.asSql === true) return await openScript(options)
  if (options.connection === undefined || options.connection === null) {
    if (options.url === undefined && options.dialectName === undefined) {
      throw new ConfigError('Connection, url, or dialect_name is required.')
    }
    throw new ConfigError(
      'context.configure() got a url but no connection; connect first (engineFromConfig(…).connect()), or run with --sql',
    )
  }
  return await openLive(options)
}

async function openLive(options: ConfigureOptions): Promise<MigrationTarget> {
  if (options.literalBinds === true) {
    throw new CommandError("Can't use literal_binds setting without as_sql mode")
  }
  if (options.startingRev !== undefined && options.startingRev !== null) {
    throw new CommandError("Can't specify current_rev to context when using a database connection")
  }
  const connection = await adoptConnection(options.connection)
  const close = async (): Promise<void> => {
    if (connection !== options.connection) await connection.close()
  }
  try {
    const isExternal = await isCallersTransaction(connection, options)
    const impl = createImpl(connection.dialect, new LiveSink(connection), options)
    const { displayUrl } = connection
    return { impl, connection, isExternal, displayUrl, idempotent: null, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * A transaction that is open already is the caller's. That must be said: otherwise a stray query before `configure()`,
 * on a client that begins transactions by itself, would make everything that the run does disappear without a word.
 */
async function isCallersTransaction(
  connection: Connection,
  options: ConfigureOptions,
): Promise<boolean> {
  if (connection.inTransaction() || options.externalTransaction === true) {
    return await connection.isInTransaction()
  }
  if (!(await connection.isInTransaction())) return false
  throw new TransactionError(
    'The connection that was handed to context.configure() has an open transaction; commit it first, or say externalTransaction: true and commit after the run',
  )
}

async function openScript(options: ConfigureOptions): Promise<MigrationTarget> {
  const { dialect, displayUrl } = await scriptDialect(options)
  const output = options.outputBuffer ?? process.stdout
  const openRecorder = (terminators: ScriptTerminators): OfflineRecorder =>
    new OfflineRecorder(output, terminators)
  const script = { connection: null, isExternal: false, displayUrl, close: async () => undefined }
  if (options['idempotent'] !== true) {
    const impl = createImpl(dialect, new OfflineSink(openRecorder), options)
    return { ...script, impl, idempotent: null }
  }
  const sink = new GuardedSink(openRecorder)
  const impl = createImpl(dialect, sink, options)
  return { ...script, impl, idempotent: new IdempotentScript(impl, sink) }
}

async function scriptDialect(
  options: ConfigureOptions,
): Promise<{ readonly dialect: Dialect; readonly displayUrl: string }> {
  const { connection, url, dialectName, dialectOpts } = options
  if (connection !== undefined && connection !== null) {
    return await withAdopted(connection, async ({ dialect, displayUrl }) => ({
      dialect,
      displayUrl,
    }))
  }
  if (url !== undefined && url !== null) {
    const parsed = makeUrl(url)
    const engine = await loadDialect(parsed.getBackendName())
    return { dialect: engine.createDialect(dialectOpts), displayUrl: parsed.toString() }
  }
  if (dialectName !== undefined && dialectName !== null) {
    const engine = await loadDialect(dialectName)
    return { dialect: engine.createDialect(dialectOpts), displayUrl: `${dialectName}://` }
  }
  throw new ConfigError('Connection, url, or dialect_name is required.')
}
