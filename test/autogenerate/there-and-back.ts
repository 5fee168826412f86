import { expect } from 'vitest'
import '../../src/dialects/builtin.ts'
import { describeDiffs } from '../../src/autogenerate/describe-diffs.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { produceMigrations } from '../../src/autogenerate/produce.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import type { Connection } from '../../src/engine/connection.ts'
import type { MigrationScript, OpContainer } from '../../src/operations/containers.ts'
import { operationsOf, type Operations } from '../../src/operations/operations.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { MigrationQueue } from '../../src/runtime/queue.ts'
import * as sa from '../../src/sa.ts'

type Body = (op: Operations, toolkit: typeof sa) => Promise<void>
const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => Body

/** Autogenerate on one connection: what it finds, and the code that it writes, run. */
export class ThereAndBack {
  readonly connection: Connection
  readonly #options: AutogenerateOptions

  constructor(connection: Connection, options: AutogenerateOptions = {}) {
    this.connection = connection
    this.#options = { compareServerDefault: true, ...options }
  }

  async context(): Promise<MigrationContext> {
    return await MigrationContext.configure({ connection: this.connection, ...this.#options })
  }

  async script(metadata: sa.MetaData): Promise<MigrationScript> {
    return await produceMigrations(await this.context(), metadata)
  }

  async differences(metadata: sa.MetaData): Promise<string> {
    return describeDiffs((await this.script(metadata)).upgradeOps?.asDiffs() ?? [])
  }

  /** The statements of the code, without the comments around them. */
  async code(ops: OpContainer | null): Promise<string> {
    if (ops === null) return ''
    const { code } = await renderCode(ops, { migrationContext: await this.context(), depth: 0 })
    return code.split('\n').slice(1, -1).join('\n')
  }

  /** Runs what was rendered as a migration would. */
  async run(code: string): Promise<void> {
    const context = await this.context()
    const op = operationsOf(context.createOperationContext(new MigrationQueue()))
    await new AsyncFunction('op', 'sa', code)(op, sa)
  }

  /**
   * Makes the database of `before`, and goes to `after` and back by the code that autogenerate writes. Gives that code; at
   * both ends nothing may be left to find.
   */
  async walk(
    before: sa.MetaData,
    after: sa.MetaData,
  ): Promise<{ readonly upgrade: string; readonly downgrade: string }> {
    await createAll(before, this.connection)
    expect(await this.differences(before)).toBe('[]')
    const script = await this.script(after)
    const upgrade = await this.code(script.upgradeOps)
    const downgrade = await this.code(script.downgradeOps)
    expect(upgrade).not.toBe('')
    await this.run(upgrade)
    expect(await this.differences(after), upgrade).toBe('[]')
    await this.run(downgrade)
    expect(await this.differences(before), downgrade).toBe('[]')
    await this.run(upgrade)
    expect(await this.differences(after), 'after both ways').toBe('[]')
    return { upgrade, downgrade }
  }
}

/** Models that consist of what `define` makes. */
export function models(define: (metadata: sa.MetaData) => unknown): sa.MetaData {
  const metadata = sa.MetaData()
  define(metadata)
  return metadata
}
