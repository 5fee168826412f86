import { compileFunction } from 'node:vm'
import { produceMigrations } from '../../src/autogenerate/produce.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { op } from '../../src/operations/operations.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { inMemoryHistory } from '../runtime/history.ts'

/** The bodies of a generated revision, without their first and last comment. */
export interface Generated {
  readonly upgrade: string
  readonly downgrade: string
}

/** What autogenerate writes for a database and models. */
export async function generate(
  connection: Connection,
  metadata: sa.MetaData,
  options: AutogenerateOptions = {},
): Promise<Generated> {
  const migrationContext = await MigrationContext.configure({ connection, ...options })
  const script = await produceMigrations(migrationContext, metadata)
  const body = async (ops: Parameters<typeof renderCode>[0] | null): Promise<string> => {
    if (ops === null) return ''
    const { code } = await renderCode(ops, { migrationContext, depth: 0 })
    return code.split('\n').slice(1, -1).join('\n')
  }
  return { upgrade: await body(script.upgradeOps), downgrade: await body(script.downgradeOps) }
}

function bodyOf(body: string): (...names: readonly unknown[]) => Promise<void> {
  return compileFunction(`return (async () => {\n${body}\n})()`, ['op', 'sa']) as never
}

/** Runs the bodies of revisions, as their files would. */
export async function run(connection: Connection, ...bodies: readonly string[]): Promise<void> {
  const steps = bodies.map((body, at) => ({
    id: `r${at}`,
    down: at === 0 ? null : `r${at - 1}`,
    upgrade: () => bodyOf(body)(op, sa),
  }))
  await connection.execute('DROP TABLE IF EXISTS alembic_version')
  const fn = inMemoryHistory(steps).upgradeTo(`r${bodies.length - 1}`)
  const context = await MigrationContext.configure({ connection, fn })
  await context.beginTransaction(() => context.runMigrations())
  await connection.execute('DROP TABLE alembic_version')
}
