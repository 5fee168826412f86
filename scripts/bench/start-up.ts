import { rmSync } from 'node:fs'
import { type Bench, type Measurement, paired } from './bench.ts'
import { alembic, type BenchRevision, makeProject } from './bench-project.ts'
import { childCpu } from './child-cpu.ts'

const runs = 21

/** Commands in a project of ten revisions, against `node -e 0`. */
export const startUp: Bench = {
  name: 'start-up',
  run() {
    const project = makeProject({ revisions: Array.from({ length: 10 }, (_, i) => step(i)) })
    try {
      childCpu(alembic('upgrade', 'head'), project)
      return Promise.resolve([
        measure(project, 3, '--help'),
        measure(project, 3.5, 'heads'),
        measure(project, 7.5, 'current'),
        measure(project, 7.5, 'upgrade', 'head'),
      ])
    } finally {
      rmSync(project, { recursive: true })
    }
  },
}

function measure(project: string, limit: number, ...args: readonly string[]): Measurement {
  const command = alembic(...args)
  const node = [process.execPath, '-e', '0']
  childCpu(command, project) // the first run reads the files from disk
  const pairs = Array.from({ length: runs }, () => ({
    against: childCpu(node, project),
    value: childCpu(command, project),
  }))
  return paired(`alembic ${args.join(' ')}, and node -e 0`, 'CPU ms', limit, pairs)
}

function step(i: number): BenchRevision {
  return { id: revisionId(i), down: i > 0 ? [revisionId(i - 1)] : [] }
}

function revisionId(i: number): string {
  return `a${String(i).padStart(11, '0')}`
}
