import { expect, it } from 'vitest'
import { loadDialect, registerDialect, resolveDialectName } from '../../src/engine/registry.ts'
import type { DialectEngine } from '../../src/engine/registry.ts'

const engine = {} as DialectEngine

it('loads a dialect once, by its name or an alias', async () => {
  let loads = 0
  const load = async (): Promise<DialectEngine> => {
    loads += 1
    return engine
  }
  registerDialect('counted', { aliases: ['also'], load })
  expect(resolveDialectName('also')).toBe('counted')
  const both = await Promise.all([loadDialect('counted'), loadDialect('also')])
  expect(both).toEqual([engine, engine])
  expect(loads).toBe(1)
})

it('tries again after a load that failed, and after a new registration', async () => {
  let fail = true
  registerDialect('flaky', {
    load: async () => {
      if (fail) throw new RangeError('not now')
      return engine
    },
  })
  await expect(loadDialect('flaky')).rejects.toThrow('not now')
  fail = false
  expect(await loadDialect('flaky')).toBe(engine)
  const other = {} as DialectEngine
  registerDialect('flaky', { load: async () => other })
  expect(await loadDialect('flaky')).toBe(other)
})

it('names what is known', async () => {
  await expect(loadDialect('unknown')).rejects.toMatchObject({
    code: 'DIALECT_UNKNOWN',
    message: "There is no dialect 'unknown'; known are: counted, flaky",
  })
})
