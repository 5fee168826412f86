import { rmSync } from 'node:fs'
import { type Bench, type Measurement, paired } from './bench.ts'
import { alembic, makeProject } from './bench-project.ts'
import { childUsage, type Usage } from './child-usage.ts'
import { growth, type Point } from './growth.ts'
import { randomDag } from './random-dag.ts'

const SIZES = [10_000, 20_000, 50_000]
const COMMANDS = [['heads'], ['current'], ['history'], ['upgrade', 'heads']] as const
const runs = 3

/** Reads every revision file, and does nothing with it: what no command can do without. */
const READ_ALL = `const fs = require('node:fs'), dir = 'alembic/versions/'
for (const name of fs.readdirSync(dir)) fs.readFileSync(dir + name, 'utf8')`

/** Commands on random histories, the database at their heads: CPU time and memory beyond those of an empty project. */
export const graphScale: Bench = {
  name: 'graph-scale',
  run() {
    const usage = new Map<string, Point[]>()
    const memory = new Map<string, Point[]>()
    const floors: Measurement[] = []
    const empty = inProject(0, measure)
    for (const size of SIZES) {
      const found = inProject(size, (project) => {
        if (size === SIZES[0]) floors.push(againstReading(project, size))
        return measure(project)
      })
      for (const [command, { cpuMilliseconds, peakMegabytes }] of found) {
        const without = empty.get(command)
        if (without === undefined) continue
        add(usage, command, { size, cost: cpuMilliseconds - without.cpuMilliseconds })
        add(memory, command, { size, cost: peakMegabytes - without.peakMegabytes })
      }
    }
    return Promise.resolve([
      ...floors,
      ...[...usage].map(([command, points]) => growth(`${command}, revisions`, points)),
      ...[...memory].map(([command, points]) => growth(`${command}, revisions`, points, 'MB')),
    ])
  },
}

function inProject<T>(size: number, work: (project: string) => T): T {
  const project = makeProject({ revisions: size === 0 ? [] : randomDag(size) })
  try {
    childUsage(alembic('stamp', 'heads'), project)
    return work(project)
  } finally {
    rmSync(project, { recursive: true })
  }
}

/** The least of some runs, by command. */
function measure(project: string): ReadonlyMap<string, Usage> {
  return new Map(
    COMMANDS.map((command) => {
      const usages = Array.from({ length: runs }, () => childUsage(alembic(...command), project))
      const best = usages.toSorted((a, b) => a.cpuMilliseconds - b.cpuMilliseconds)[0]
      if (best === undefined) throw new RangeError('no run')
      return [command.join(' '), best]
    }),
  )
}

function againstReading(project: string, size: number): Measurement {
  const read = [process.execPath, '-e', READ_ALL]
  const pairs = Array.from({ length: runs }, () => ({
    against: childUsage(read, project).cpuMilliseconds,
    value: childUsage(alembic('heads'), project).cpuMilliseconds,
  }))
  return paired(`heads of ${size} revisions, and reading the files`, 'CPU ms', 7, pairs)
}

function add(points: Map<string, Point[]>, command: string, point: Point): void {
  points.set(command, [...(points.get(command) ?? []), point])
}
