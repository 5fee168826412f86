/**
 * Runs the long migration in a process of its own, and kills itself at a statement: `worker.ts <database> <url> <course>
 * <before|during|after> <point>`; point 0 is never. `--resume` as last argument goes on with what an earlier one left. Says
 * how many statements it sent and which revisions it ran, or its error.
 */
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { DatabaseName } from '../live/servers.ts'
import type { Course } from './long-migration.ts'
import { migrate } from './migrate.ts'

const [database, url = '', course = '', moment = '', at = '0', resume] = process.argv.slice(2)
const point = Number(at)

const connection = await createEngine(url).connect()
const session = connection.driverConnection
const { execute, executeMany } = session
let sent = 0

async function counted<T>(run: () => Promise<T>): Promise<T> {
  sent += 1
  const isNow = sent === point
  if (isNow && moment === 'before') process.kill(process.pid, 'SIGKILL')
  if (isNow && moment === 'during') {
    // The server has the statement, and nobody hears what became of it.
    void run()
    setImmediate(() => process.kill(process.pid, 'SIGKILL'))
    await new Promise(() => undefined)
  }
  const result = await run()
  if (isNow) process.kill(process.pid, 'SIGKILL')
  return result
}
session.execute = (sql, parameters) => counted(() => execute.call(session, sql, parameters))
session.executeMany = (sql, rows) => counted(() => executeMany.call(session, sql, rows))

try {
  const ran = await migrate(database as DatabaseName, connection, JSON.parse(course) as Course, {
    resume: resume === '--resume',
  })
  process.stdout.write(JSON.stringify({ sent, ran }))
} catch (error) {
  process.stdout.write(
    JSON.stringify({ error: (error as { code?: string }).code ?? String(error) }),
  )
  process.exitCode = 1
} finally {
  await connection.close()
}
