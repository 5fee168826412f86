import { expect } from 'vitest'
import { createAll } from '../../../src/runtime/create-all.ts'
import type { Direction, Script } from '../../../src/script/script.ts'
import type { MetaData } from '../../../src/sql/schema/metadata.ts'
import { migrate } from '../run.ts'
import type { PropertyServer } from '../servers.ts'
import type { ModelBench } from './bench.ts'
import { buildModel } from './build.ts'
import { dumpModel } from './dump.ts'
import type { Change } from './edits.ts'
import type { GeneratedFiles } from './generated-files.ts'
import { fillTables, readCommonRows } from './rows.ts'
import { rulesOf, type ModelRules } from './rules.ts'
import type { ModelSpec } from './spec.ts'

/** Goes from models to what became of them and back, by the file that autogenerate writes. */
export class ModelWalk {
  readonly #server: PropertyServer
  readonly #rules: ModelRules
  readonly #bench: ModelBench
  readonly #files: GeneratedFiles

  constructor(server: PropertyServer, bench: ModelBench, files: GeneratedFiles) {
    this.#server = server
    this.#rules = rulesOf(server)
    this.#bench = bench
    this.#files = files
  }

  /** Compares everything but the order of columns: a column that is added comes last. */
  async go(change: Change): Promise<void> {
    const { before, after } = change
    const wanted = await this.#dumpOf(after)
    const origin = await this.#dumpOf(before)
    await fillTables(before, this.#bench.raw, this.#rules)
    const rows = await this.#rows(change, 'before')
    const targetMetadata = buildModel(after, this.#rules)
    const renderAsBatch = !this.#server.abilities.hasAlter
    const context = await this.#bench.context({ targetMetadata, renderAsBatch })
    const script = await this.#files.write(context)
    const text = this.#files.read(script)
    try {
      await this.#run(script, 'upgrade', targetMetadata)
      await this.#expect(after, wanted, 'after the upgrade')
      expect(await this.#rows(change, 'after'), 'after the upgrade').toEqual(rows)
      await this.#run(script, 'downgrade', targetMetadata)
      await this.#expect(before, origin, 'after the downgrade')
      expect(await this.#rows(change, 'before'), 'after the downgrade').toEqual(rows)
    } catch (error) {
      throw new Error(`${String(error)}\n${text}`, { cause: error })
    } finally {
      this.#files.release(script)
    }
  }

  async #dumpOf(spec: ModelSpec): Promise<readonly string[]> {
    await this.#bench.clear()
    await createAll(buildModel(spec, this.#rules), this.#bench.connection)
    return await dumpModel(this.#bench.raw, this.#server, spec)
  }

  async #rows(
    change: Change,
    now: 'before' | 'after',
  ): Promise<Readonly<Record<string, readonly string[]>>> {
    return await readCommonRows(change, now, this.#bench.raw, this.#rules)
  }

  /** As in a project, whose naming convention holds in the file as well. */
  async #run(script: Script, direction: Direction, targetMetadata: MetaData): Promise<void> {
    const { connection } = this.#bench
    const context = await this.#bench.context()
    const body = await script.loadFunction(direction, context.impl.scriptSyntax)
    await migrate({ connection, targetMetadata }, () => body())
  }

  async #expect(spec: ModelSpec, dump: readonly string[], when: string): Promise<void> {
    expect(await this.#bench.differences(buildModel(spec, this.#rules)), when).toBe('[]')
    expect(await dumpModel(this.#bench.raw, this.#server, spec), when).toEqual(dump)
  }
}
