import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A revision file to be written. */
export interface BenchRevision {
  readonly id: string
  readonly down?: readonly string[] | undefined
  readonly dependsOn?: readonly string[] | undefined
  /** What `upgrade()` does. */
  readonly body?: string | undefined
}

/** The command line that runs the built `alembic` with these arguments. */
export function alembic(...args: readonly string[]): readonly string[] {
  return [process.execPath, resolve('dist/cli/bin.js'), ...args]
}

/** Makes a project as `alembic init` does, on an SQLite file, in a new temporary folder. */
export function makeProject({
  revisions,
}: {
  readonly revisions: readonly BenchRevision[]
}): string {
  const project = mkdtempSync(join(tmpdir(), 'alembic-ts-bench-'))
  const versions = join(project, 'alembic/versions')
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(resolve('.'), join(project, 'node_modules/alembic-ts'))
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  const [node = '', ...args] = alembic('init', 'alembic')
  const { status, stderr } = spawnSync(node, args, { cwd: project, encoding: 'utf8' })
  if (status !== 0) throw new Error(`alembic init failed: ${stderr}`)
  const ini = join(project, 'alembic.ini')
  const settings = readFileSync(ini, 'utf8')
  writeFileSync(
    ini,
    settings.replace(/^sqlalchemy\.url = .*$/m, 'sqlalchemy.url = sqlite:///app.db'),
  )
  for (const revision of revisions)
    writeFileSync(join(versions, `${revision.id}_step.ts`), source(revision))
  return project
}

function source({ id, down = [], dependsOn = [], body = '' }: BenchRevision): string {
  return `/**
 * step
 *
 * Revision ID: ${id}
 * Revises: ${down.join(', ')}
 * Create Date: 2026-11-20 09:00:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '${id}'
export const downRevision = ${literal(down)}
export const branchLabels = null
export const dependsOn = ${literal(dependsOn)}

export async function upgrade(): Promise<void> {
  ${body || `await op.createTable('t_${id}', sa.Column('id', sa.Integer(), { primaryKey: true }))`}
}

export async function downgrade(): Promise<void> {
  await op.dropTable('t_${id}')
}
`
}

function literal(ids: readonly string[]): string {
  const quoted = ids.map((id) => `'${id}'`)
  return quoted.length > 1 ? `[${quoted.join(', ')}]` : (quoted[0] ?? 'null')
}
