import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createEngine } from '../../src/engine/engine.ts'
import { type DatabaseUrl, makeUrl } from '../../src/engine/url.ts'
import { serverUrls } from '../../test/live/server-urls.ts'
import { type Bench, type Measurement, paired } from './bench.ts'
import type { Cost } from './bulk-cost.ts'
import { type Floor, floors, sqliteSeveral } from './bulk-floors.ts'
import { rowsUpTo } from './bulk-rows.ts'
import { bulkInsertIn } from './bulk-run.ts'
import { childUsage } from './child-usage.ts'

const ROWS = 100_000
const RUNS = 7
const DATABASE = `alembic_bulk_${process.pid}`
const MEMORY_GROWTH = 1.1
const PEAK_MEGABYTES = 115
/** Against what stores rows without a look at them, in the same statements: ours reads, checks and journals them. */
const SEVERAL_ROWS = 2

/** Debian's `python3-alembic` belongs to the system's Python, which need not be the first one on the PATH. */
const python = process.env['ALEMBIC_TEST_PYTHON'] ?? '/usr/bin/python3'

const servers = serverUrls()
const folder = mkdtempSync(join(tmpdir(), 'alembic-bulk-'))
const sqlite = makeUrl(`sqlite:///${join(folder, 'bulk.db')}`)
const postgresql = makeUrl(servers.ALEMBIC_TEST_POSTGRESQL_URL).set({ database: DATABASE })
const mysql2 = makeUrl(servers.ALEMBIC_TEST_MARIADB_URL).set({ database: DATABASE })
const mariadb = mysql2.set({ drivername: 'mariadb+mariadb' })

/** Package, database, limit against the package alone, and how many times less CPU than Python's Alembic takes. */
const CASES = [
  ['better-sqlite3', sqlite, 1.15, 2.3],
  ['pg', postgresql, 1.2, 2.5],
  ['mysql2', mysql2, 1.25, 1.9],
  ['mariadb', mariadb, 1.25, 1.9],
] as const

/** `op.bulkInsert` of 100,000 rows against the best that each package can do, and its memory for 1,000,000 rows. */
export const bulkInsert: Bench = {
  name: 'bulk-insert',
  async run() {
    await administer(`CREATE DATABASE ${DATABASE}`)
    try {
      const measurements: Measurement[] = []
      for (const [name, url, limit, times] of CASES) {
        const best = await bestFloor(floors[name] ?? [], url)
        const what = `100,000 rows, ${name}, and the best with the package alone`
        measurements.push(...(await compare(what, best, url, limit)))
        measurements.push(await compareReference(name, url, times), ...memory(name, url))
      }
      const what = '100,000 rows, better-sqlite3, and several rows a statement with it alone'
      measurements.push(...(await compare(what, sqliteSeveral, sqlite, SEVERAL_ROWS)))
      return measurements
    } finally {
      await administer(`DROP DATABASE ${DATABASE}`)
      rmSync(folder, { recursive: true })
    }
  },
}

async function compare(
  what: string,
  best: Floor,
  url: DatabaseUrl,
  limit: number,
): Promise<Measurement[]> {
  await bulkInsertIn(url, () => rowsUpTo(ROWS))
  const pairs: { readonly value: Cost; readonly against: Cost }[] = []
  for (let run = 0; run < RUNS; run++) {
    const against = await best(url, ROWS)
    pairs.push({ against, value: await bulkInsertIn(url, () => rowsUpTo(ROWS)) })
  }
  const line = (unit: string, key: keyof Cost): Measurement =>
    paired(
      what,
      unit,
      limit,
      pairs.map(({ value, against }) => ({ value: value[key], against: against[key] })),
    )
  return [line('ms', 'wallMilliseconds'), line('CPU ms', 'cpuMilliseconds')]
}

/** In turn with Python's Alembic, which has the table that we made. */
async function compareReference(
  name: string,
  url: DatabaseUrl,
  times: number,
): Promise<Measurement> {
  const what = `100,000 rows, ${name}, and Python's Alembic`
  const pairs: { readonly value: number; readonly against: number }[] = []
  for (let run = 0; run < RUNS; run++) {
    const { cpuMilliseconds: value } = await bulkInsertIn(url, () => rowsUpTo(ROWS))
    const against = referenceCpu(url)
    if (against === undefined) return { what, value, unit: 'CPU ms', limit: 1 / times }
    pairs.push({ value, against })
  }
  return paired(what, 'CPU ms', 1 / times, pairs)
}

/** CPU milliseconds of the same insert; undefined without Alembic and the packages for the servers. */
function referenceCpu(url: DatabaseUrl): number | undefined {
  const drivername = { sqlite: 'sqlite', postgresql: 'postgresql', mariadb: 'mariadb+pymysql' }[
    url.drivername.split('+')[0] as 'sqlite' | 'postgresql' | 'mariadb'
  ]
  const target = url.set({ drivername }).renderAsString({ hidePassword: false })
  const script = resolve('scripts/bench/reference_bulk.py')
  const { stdout, stderr } = spawnSync(python, [script, target, String(ROWS)], { encoding: 'utf8' })
  const cpu = Number.parseFloat(stdout)
  if (!Number.isNaN(cpu)) return cpu
  if (/ModuleNotFoundError|ImportError/.test(stderr)) return undefined
  throw new Error(stderr)
}

/** The one that takes the least time, of two runs each. */
async function bestFloor(candidates: readonly Floor[], url: DatabaseUrl): Promise<Floor> {
  let best: { readonly floor: Floor; readonly time: number } | undefined
  for (const floor of candidates) {
    await floor(url, ROWS)
    const { wallMilliseconds: time } = await floor(url, ROWS)
    if (best === undefined || time < best.time) best = { floor, time }
  }
  if (best === undefined) throw new RangeError('nothing to compare with')
  return best.floor
}

/** Rows from an asynchronous iterator, each time in a process of its own. */
function memory(name: string, url: DatabaseUrl): Measurement[] {
  const peak = (rows: number): number => {
    const program = new URL('bulk-memory.js', import.meta.url).pathname
    const target = url.renderAsString({ hidePassword: false })
    return childUsage([process.execPath, program, target, String(rows)], folder).peakMegabytes
  }
  const few = peak(ROWS)
  const some = peak(2.5 * ROWS)
  const many = peak(10 * ROWS)
  const most = peak(40 * ROWS)
  const what = `peak memory of 1,000,000 rows, ${name}`
  const line = { value: many, unit: 'MB' }
  return [
    {
      ...line,
      what: `${what}, and of 100,000`,
      against: few,
      ratio: many / few,
      limit: MEMORY_GROWTH,
    },
    {
      ...line,
      what: `${what}, and of 250,000`,
      against: some,
      ratio: many / some,
      limit: MEMORY_GROWTH,
    },
    {
      what: `peak memory of 4,000,000 rows, ${name}, and of 1,000,000`,
      unit: 'MB',
      value: most,
      against: many,
      ratio: most / many,
      limit: MEMORY_GROWTH,
    },
    {
      ...line,
      what: `${what}, and what Alembic's may be`,
      against: PEAK_MEGABYTES,
      ratio: many / PEAK_MEGABYTES,
      limit: 1,
    },
  ]
}

async function administer(sql: string): Promise<void> {
  for (const server of [servers.ALEMBIC_TEST_POSTGRESQL_URL, servers.ALEMBIC_TEST_MARIADB_URL]) {
    const engine = createEngine(server)
    await (await engine.connect()).execute(sql)
    await engine.dispose()
  }
}
