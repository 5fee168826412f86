import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAll } from '../../src/runtime/create-all.ts'
import { openBench, type ModelBench } from './models/bench.ts'
import { buildModel } from './models/build.ts'
import { modelSpecs } from './models/draw.ts'
import { rulesOf } from './models/rules.ts'
import { MODEL_TIMEOUT, tryModels } from './run.ts'
import { describeServers, propertyServers } from './servers.ts'

const RUNS = 200
const servers = propertyServers.filter(({ share, name }) => share === 1 || name === 'mariadb')

describeServers(servers, 'models', (server) => {
  const rules = rulesOf(server)
  let bench: ModelBench

  beforeAll(async () => {
    bench = await openBench(server)
  })

  afterAll(async () => {
    await bench.dispose()
  })

  it(
    'leave nothing to find right after they were made',
    async () => {
      const property = fc.asyncProperty(modelSpecs(rules), async (spec) => {
        await bench.clear()
        await createAll(buildModel(spec, rules), bench.connection)
        expect(await bench.differences(buildModel(spec, rules))).toBe('[]')
      })
      await tryModels(`models on ${server.name}`, property, RUNS)
    },
    MODEL_TIMEOUT,
  )
})
