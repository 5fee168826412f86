import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Bench, type Measurement, median } from './bench.ts'
import { childCpu } from './child-cpu.ts'

const runs = 21

/** `alembic heads` in a project of ten revisions against `node -e 0`. */
export const startUp: Bench = {
  name: 'start-up',
  async run() {
    const project = makeProject(10)
    try {
      return [measure('alembic heads, 10 revisions', project, ['heads'], 5)]
    } finally {
      rmSync(project, { recursive: true })
    }
  },
}

function measure(
  what: string,
  project: string,
  args: readonly string[],
  limit: number,
): Measurement {
  const command = [process.execPath, resolve('dist/cli/bin.js'), ...args]
  const node = [process.execPath, '-e', '0']
  childCpu(command, project) // the first run reads the files from disk
  const pairs = Array.from({ length: runs }, () => ({
    floor: childCpu(node, project),
    value: childCpu(command, project),
  }))
  return {
    what,
    value: median(pairs.map(({ value }) => value)),
    floor: median(pairs.map(({ floor }) => floor)),
    unit: 'CPU ms',
    ratio: median(pairs.map(({ value, floor }) => value / floor)),
    limit,
  }
}

function makeProject(revisions: number): string {
  const project = mkdtempSync(join(tmpdir(), 'alembic-ts-bench-'))
  const versions = join(project, 'alembic/versions')
  mkdirSync(versions, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(project, 'alembic.ini'),
    '[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = sqlite:///app.db\n',
  )
  for (let i = 0; i < revisions; i++)
    writeFileSync(join(versions, `${id(i)}_step.ts`), revisionFile(id(i), i > 0 ? id(i - 1) : null))
  return project
}

function id(i: number): string {
  return `a${String(i).padStart(11, '0')}`
}

function revisionFile(revision: string, downRevision: string | null): string {
  return `/**
 * step
 *
 * Revision ID: ${revision}
 * Revises: ${downRevision ?? ''}
 * Create Date: 2026-11-20 09:00:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '${revision}'
export const downRevision = ${downRevision === null ? 'null' : `'${downRevision}'`}
export const branchLabels = null
export const dependsOn = null

export async function upgrade(): Promise<void> {
  await op.createTable('t_${revision}', sa.Column('id', sa.Integer(), { primaryKey: true }))
}

export async function downgrade(): Promise<void> {
  await op.dropTable('t_${revision}')
}
`
}
