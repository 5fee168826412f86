/**
 * Runs the long migration in a process of its own, and kills itself at a statement: `worker.ts <database> <url> <before|after>
 * <point>`; point 0 is never. `--resume` as fifth argument goes on with what an earlier one left.
 */
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { longHistory } from './long-migration.ts'

const [database = '', url = '', moment = '', at = '0', resume] = process.argv.slice(2)
const point = Number(at)

const connection = await createEngine(url).connect()
const session = connection.driverConnection
const { execute, executeMany } = session
let sent = 0

async function counted<T>(run: () => Promise<T>): Promise<T> {
  sent += 1
  const isNow = sent === point
  if (isNow && moment === 'before') process.kill(process.pid, 'SIGKILL')
  const result = await run()
  if (isNow) process.kill(process.pid, 'SIGKILL')
  return result
}
session.execute = (sql, parameters) => counted(() => execute.call(session, sql, parameters))
session.executeMany = (sql, rows) => counted(() => executeMany.call(session, sql, rows))

const history = longHistory({ concurrently: database === 'postgresql' })
try {
  const context = await MigrationContext.configure({
    connection,
    fn: history.upgradeTo('c3'),
    resume: resume === '--resume' ? 'continue' : null,
  })
  await context.beginTransaction(() => context.runMigrations())
  process.stdout.write(`${sent}\n`)
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code ?? String(error)}\n`)
  process.exitCode = 1
} finally {
  await connection.close()
}
