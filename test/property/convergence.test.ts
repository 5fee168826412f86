import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAll } from '../../src/runtime/create-all.ts'
import type { MetaData } from '../../src/sql/schema/metadata.ts'
import type { Direction, Script } from '../../src/script/script.ts'
import { openBench, type ModelBench } from './models/bench.ts'
import { buildModel } from './models/build.ts'
import { dumpModel } from './models/dump.ts'
import { changes, type Change } from './models/edits.ts'
import { GeneratedFiles } from './models/generated-files.ts'
import { fillTables, readCommonRows } from './models/rows.ts'
import { rulesOf } from './models/rules.ts'
import { migrate, propertyOptions } from './run.ts'
import { describeServers, propertyServers } from './servers.ts'

const RUNS = 40
const servers = propertyServers.filter(({ share, name }) => share === 1 || name === 'mariadb')
const files = new GeneratedFiles()

afterAll(() => {
  files.dispose()
})

describeServers(servers, 'models that change', (server) => {
  const rules = rulesOf(server)
  let bench: ModelBench

  beforeAll(async () => {
    bench = await openBench(server)
  })

  afterAll(async () => {
    await bench.dispose()
  })

  /** As in a project, whose naming convention holds in the file as well. */
  const run = async (
    script: Script,
    direction: Direction,
    targetMetadata: MetaData,
  ): Promise<void> => {
    const { connection } = bench
    const context = await bench.context()
    const body = await script.loadFunction(direction, context.impl.scriptSyntax)
    await migrate({ connection, targetMetadata }, () => body())
  }

  const dumpOf = async (spec: Change['before']): Promise<readonly string[]> => {
    await bench.clear()
    await createAll(buildModel(spec, rules), bench.connection)
    return await dumpModel(bench.raw, server)
  }

  /** Compares everything but the order of columns: a column that is added comes last. */
  const walk = async (change: Change): Promise<void> => {
    const { before, after } = change
    const wanted = await dumpOf(after)
    const origin = await dumpOf(before)
    await fillTables(before, bench.raw, rules)
    const rows = await readCommonRows(change, bench.raw, rules)
    const targetMetadata = buildModel(after, rules)
    const renderAsBatch = !server.abilities.hasAlter
    const script = await files.write(await bench.context({ targetMetadata, renderAsBatch }))
    const text = files.read(script)
    try {
      await run(script, 'upgrade', targetMetadata)
      expect(await bench.differences(buildModel(after, rules)), 'after the upgrade').toBe('[]')
      expect(await dumpModel(bench.raw, server), 'after the upgrade').toEqual(wanted)
      expect(await readCommonRows(change, bench.raw, rules), 'after the upgrade').toEqual(rows)
      await run(script, 'downgrade', targetMetadata)
      expect(await bench.differences(buildModel(before, rules)), 'after the downgrade').toBe('[]')
      expect(await dumpModel(bench.raw, server), 'after the downgrade').toEqual(origin)
      expect(await readCommonRows(change, bench.raw, rules), 'after the downgrade').toEqual(rows)
    } catch (error) {
      throw new Error(`${String(error)}\n${text}`, { cause: error })
    }
  }

  it('are where autogenerate says, there and back, with all rows', async () => {
    const property = fc.asyncProperty(changes(rules), async (change) => {
      if (JSON.stringify(change.before) !== JSON.stringify(change.after)) await walk(change)
    })
    // Models are small as they are: what shrinking would take is better spent on the file in the message.
    await fc.assert(property, { ...propertyOptions(RUNS), endOnFailure: true })
  }, 3_600_000)
})

it('generated files have nothing that tsc, the linter and the formatter object to', () => {
  expect(files.judge()).toBe('')
}, 600_000)
