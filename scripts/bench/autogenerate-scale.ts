import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { makeUrl, type DatabaseUrl } from '../../src/engine/url.ts'
import { serverUrls } from '../../test/live/server-urls.ts'
import { type Bench, type Measurement, paired } from './bench.ts'
import { alembic } from './bench-project.ts'
import { childCpu } from './child-cpu.ts'
import { childUsage } from './child-usage.ts'
import { growth, type Point } from './growth.ts'
import { makeModelProject, writeModels, type ModelProject } from './model-project.ts'

const RUNS = 5
const DATABASE = `alembic_scale_${process.pid}`
/** Debian's `python3-alembic` belongs to the system's Python, which need not be the first one on the PATH. */
const python = process.env['ALEMBIC_TEST_PYTHON'] ?? '/usr/bin/python3'
const reference = resolve('scripts/bench/reference_check.py')
const version = spawnSync(python, ['-c', 'import alembic; print(alembic.__version__)'], {
  encoding: 'utf8',
}).stdout.trim()

/** Where the tables are, how Python calls that, and what `check` may take of Python's CPU time, by the number of tables. */
const DATABASES = [
  {
    server: serverUrls().ALEMBIC_TEST_POSTGRESQL_URL,
    driver: 'postgresql+psycopg2',
    limits: { 500: 1 / 7, 2000: 1 / 13 },
  },
  {
    server: serverUrls().ALEMBIC_TEST_MARIADB_URL,
    driver: 'mysql+pymysql',
    limits: { 2000: 1 / 12 },
  },
  { server: null, driver: 'sqlite', limits: { 2000: 1 / 18 } },
] as const

const MEMORY_LIMIT = 160

/** `alembic check` of models that are in sync, start-up and the models' own code included: CPU, wall time and memory. */
export const autogenerateScale: Bench = {
  name: 'autogenerate-scale',
  async run() {
    if (version === '')
      console.warn(
        `\nNOT COMPARED: ${python} has no alembic (apt-get install python3-alembic, or set ALEMBIC_TEST_PYTHON)\n`,
      )
    const found: Measurement[] = []
    for (const { server, driver, limits } of DATABASES) {
      for (const [size, limit] of Object.entries(limits).map(
        ([n, one]) => [Number(n), one] as const,
      )) {
        found.push(
          ...(await inDatabase(server, size, async (project, url) => [
            againstPython(project, url, { driver, size, limit }),
            ...(driver === 'postgresql+psycopg2' && size === 2000
              ? [await againstQueries(project, url), withEdits(project, size), memory(project)]
              : []),
          ])),
        )
      }
    }
    return [...found, await growthOfChecks()]
  },
}

/** Does the work in a project whose tables are in a database of their own. */
async function inDatabase<T>(
  server: string | null,
  size: number,
  work: (project: ModelProject, url: DatabaseUrl) => T | Promise<T>,
): Promise<T> {
  const url =
    server === null
      ? makeUrl(`sqlite:////tmp/${DATABASE}.db`)
      : makeUrl(server).set({ database: DATABASE })
  if (server !== null) await administer(server, `CREATE DATABASE ${DATABASE}`)
  let folder: string | undefined
  try {
    const project = await makeModelProject(url.renderAsString({ hidePassword: false }), size)
    ;({ folder } = project)
    // What an administrator's housekeeping does after that many changes: the catalog's own statistics.
    if (server?.startsWith('postgresql') === true)
      await administer(url.renderAsString({ hidePassword: false }), 'VACUUM ANALYZE')
    check(project)
    return await work(project, url)
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true })
    if (server === null) rmSync(`/tmp/${DATABASE}.db`, { force: true })
    else await administer(server, `DROP DATABASE ${DATABASE}`)
  }
}

async function administer(server: string, sql: string): Promise<void> {
  const engine = createEngine(server)
  await (await engine.connect()).execute(sql)
  await engine.dispose()
}

function check({ folder }: ModelProject): number {
  return childCpu(alembic('check'), folder)
}

function againstPython(
  project: ModelProject,
  url: DatabaseUrl,
  {
    driver,
    size,
    limit,
  }: { readonly driver: string; readonly size: number; readonly limit: number },
): Measurement {
  const theirUrl = url.set({ drivername: driver }).renderAsString({ hidePassword: false })
  const theirs = [python, reference, theirUrl, project.python]
  const what = `check of ${size} tables, ${driver.split('+')[0] ?? ''}`
  if (version === '') return { what, value: check(project), unit: 'CPU ms', limit }
  childCpu(theirs, project.folder) // Python compiles the models once
  const pairs = Array.from({ length: RUNS }, () => ({
    against: childCpu(theirs, project.folder),
    value: check(project),
  }))
  return paired(`${what}, and Python's Alembic ${version}`, 'CPU ms', limit, pairs)
}

/** The wall time of the whole command, and that of the inspector's queries alone, sent by the bare package. */
async function againstQueries(project: ModelProject, url: DatabaseUrl): Promise<Measurement> {
  const connectionString = url
    .set({ drivername: 'postgresql' })
    .renderAsString({ hidePassword: false })
  const file = join(project.folder, 'queries.mjs')
  const pg = pathToFileURL(resolve('node_modules/pg/lib/index.js')).href
  writeFileSync(
    file,
    `import pg from ${JSON.stringify(pg)}
const client = new pg.Client({ connectionString: ${JSON.stringify(connectionString)} })
await client.connect()
for (const { sql, parameters } of ${JSON.stringify(await inspectorQueries(url))}) await client.query(sql, [...parameters])
await client.end()`,
  )
  const bare = [process.execPath, file]
  const pairs = Array.from({ length: RUNS }, () => ({
    against: wall(bare, project.folder),
    value: wall(alembic('check'), project.folder),
  }))
  return paired('check of 2000 tables, and its catalog queries alone', 'wall ms', 2, pairs)
}

async function inspectorQueries(
  url: DatabaseUrl,
): Promise<readonly { readonly sql: string; readonly parameters: readonly unknown[] }[]> {
  const engine = createEngine(url)
  const connection = await engine.connect()
  const queries: { readonly sql: string; readonly parameters: readonly unknown[] }[] = []
  const inspector = await inspect(connection)
  connection.observe(({ sql, parameters }) => queries.push({ sql, parameters }))
  await inspector.getTableNames()
  await inspector.reflectTables()
  await engine.dispose()
  return queries
}

function wall([command = '', ...args]: readonly string[], cwd: string): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  return performance.now() - start
}

/** One table in a hundred has a column more; `check` then ends with a status of its own. */
function withEdits(project: ModelProject, size: number): Measurement {
  const anyStatus = ['bash', '-c', '"$@" || true', 'bash', ...alembic('check')]
  const pairs = Array.from({ length: RUNS }, () => {
    writeModels(project, size, false)
    check(project) // the models are compiled once
    const against = check(project)
    writeModels(project, size, true)
    childCpu(anyStatus, project.folder)
    return { against, value: childCpu(anyStatus, project.folder) }
  })
  writeModels(project, size, false)
  check(project)
  return paired('check of 2000 tables, 1 % of them changed, and in sync', 'CPU ms', 1.05, pairs)
}

function memory(project: ModelProject): Measurement {
  const { peakMegabytes } = childUsage(alembic('check'), project.folder)
  return {
    what: 'check of 2000 tables, peak memory, and what it may be',
    value: peakMegabytes,
    against: MEMORY_LIMIT,
    unit: 'MB',
    ratio: peakMegabytes / MEMORY_LIMIT,
    limit: 1,
  }
}

/** CPU time beyond that of a project without tables. */
async function growthOfChecks(): Promise<Measurement> {
  const least = (project: ModelProject): number =>
    Math.min(...Array.from({ length: RUNS }, () => check(project)))
  const { server } = DATABASES[0]
  const without = await inDatabase(server, 0, least)
  const points: Point[] = []
  for (const size of [500, 1000, 2000])
    points.push({ size, cost: (await inDatabase(server, size, least)) - without })
  return { ...growth('check, tables', points), limit: 1.05 }
}
