import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBench, type ModelBench } from './models/bench.ts'
import { changes } from './models/edits.ts'
import { GeneratedFiles } from './models/generated-files.ts'
import { rulesOf } from './models/rules.ts'
import { ModelWalk } from './models/walk.ts'
import { MODEL_TIMEOUT, tryModels } from './run.ts'
import { describeServers, propertyServers } from './servers.ts'

const RUNS = 200
const servers = propertyServers.filter(({ share, name }) => share === 1 || name === 'mariadb')
const files = new GeneratedFiles()

afterAll(() => {
  files.dispose()
})

describeServers(servers, 'models that change', (server) => {
  let bench: ModelBench

  beforeAll(async () => {
    bench = await openBench(server)
  })

  afterAll(async () => {
    await bench.dispose()
  })

  it(
    'are where autogenerate says, there and back, with all rows',
    async () => {
      const walk = new ModelWalk(server, bench, files)
      const property = fc.asyncProperty(changes(rulesOf(server)), async (change) => {
        if (JSON.stringify(change.before) !== JSON.stringify(change.after)) await walk.go(change)
      })
      await tryModels(`models that change on ${server.name}`, property, RUNS)
    },
    MODEL_TIMEOUT,
  )
})

it('generated files have nothing that tsc, the linter and the formatter object to', () => {
  expect(files.judge()).toBe('')
}, 600_000)
