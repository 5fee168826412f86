import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeDiffs } from '../../src/autogenerate/describe-diffs.ts'
import { Plugin } from '../../src/autogenerate/plugin.ts'
import { compareMetadata } from '../../src/autogenerate/produce.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { openBench, type ModelBench } from './models/bench.ts'
import { buildModel } from './models/build.ts'
import { changes } from './models/edits.ts'
import { rulesOf } from './models/rules.ts'
import { MODEL_TIMEOUT, tryModels } from './run.ts'
import { describeServers, propertyServers } from './servers.ts'

const RUNS = 100
const servers = propertyServers.filter(({ share, name }) => share === 1 || name === 'mariadb')

/** A comparator that can't say in which tables nothing changed: all of them are looked at closely. */
const CLOSELY = 'test.closely'
new Plugin(CLOSELY).addAutogenerateComparator(() => undefined, 'table')

describeServers(servers, 'tables that are told to be unchanged by names and texts', (server) => {
  const rules = rulesOf(server)
  let bench: ModelBench

  beforeAll(async () => {
    bench = await openBench(server)
  })

  afterAll(async () => {
    await bench.dispose()
  })

  it(
    'have nothing that a closer look would find',
    async () => {
      const cases = fc.tuple(changes(rules), fc.boolean())
      const property = fc.asyncProperty(cases, async ([change, defaults]) => {
        await bench.clear()
        await createAll(buildModel(change.before, rules), bench.connection)
        const differences = async (...plugins: readonly string[]): Promise<string> => {
          const context = await bench.context({
            compareServerDefault: defaults,
            autogeneratePlugins: ['alembic.autogenerate.*', ...plugins],
          })
          return describeDiffs(await compareMetadata(context, buildModel(change.after, rules)))
        }
        expect(await differences()).toBe(await differences(CLOSELY))
      })
      await tryModels(`tables looked at twice on ${server.name}`, property, RUNS)
    },
    MODEL_TIMEOUT,
  )
})
