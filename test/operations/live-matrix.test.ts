// Every operation on every database: what the catalog says after it, and after its reverse. Where a database can't do it, the
// error. The statements are in directives.test.ts.
import { afterAll, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import * as batchDirectives from '../../src/operations/batch-directives.ts'
import * as directives from '../../src/operations/directives.ts'
import { describeDatabases } from '../live/servers.ts'
import { LiveBench, type Done } from './live-rows/bench.ts'
import { difference } from './live-rows/catalog.ts'
import { liveRows } from './live-rows/index.ts'
import { outcomeOn, type LiveRow } from './live-rows/row.ts'

it('has every operation', () => {
  const calls = liveRows.map(({ run, back }) => `${String(run)} ${String(back)}`).join()
  const ofBatch = [...calls.matchAll(/\bbatch\.(\w+)\(/g)].map(([, name]) => name)
  const ofOp = [...calls.matchAll(/\bop\.(\w+)(?:<[^(]*>)?\(/g)].map(([, name]) => name)
  const isCalled = (called: readonly unknown[]) => (name: string) => called.includes(name)
  expect(Object.keys(directives).filter((name) => !isCalled(ofOp)(name))).toEqual([])
  const inBatches = Object.keys(batchDirectives).filter((name) => !isCalled(ofBatch)(name))
  // What needs no database is the same there.
  expect(inBatches).toEqual(['f', 'getBind', 'getContext', 'inlineLiteral', 'runAsync'])
})

describeDatabases(['postgresql', 'mariadb', 'sqlite', 'firebird'], 'every operation', (db) => {
  let open: LiveBench | undefined

  const close = async (): Promise<void> => {
    await open?.dispose()
    open = undefined
  }
  afterAll(close)

  it.each(liveRows)('$title', async (row) => {
    open ??= await LiveBench.open(db)
    let isClean = false
    try {
      isClean = await check(row, open)
    } finally {
      // What is left there would be in the next one's way.
      if (!isClean) await close()
    }
  })

  it('leaves nothing behind', async () => {
    open ??= await LiveBench.open(db)
    open.readsSecondSchema = true
    expect(await open.read()).toEqual([])
  })
})

/** Whether it went to its end, where nothing is left of it. */
async function check(row: LiveRow, bench: LiveBench): Promise<boolean> {
  const outcome = outcomeOn(bench.name, row.changes)
  bench.readsSecondSchema = false
  const given = await bench.perform(() => row.given?.(bench.on))
  const before = await bench.read(row.rows)
  if ('refused' in outcome) {
    await expectRefusal(bench, outcome.refused, () => bench.perform(() => row.run(bench.on)))
    expect(await bench.read(row.rows)).toEqual(before)
  } else {
    const done = await bench.perform(() => row.run(bench.on))
    const after = await bench.read(row.rows)
    const changes = 'changes' in outcome ? outcome.changes : outcome
    expect([...difference(before, after), ...done.warnings]).toEqual(changes)
    const takeBack = (): Promise<Done> => {
      const { back } = row
      return back === undefined ? bench.reverse(done) : bench.perform(() => back(bench.on))
    }
    if ('irreversible' in outcome) {
      await expectRefusal(bench, outcome.irreversible, takeBack)
      expect(await bench.read(row.rows)).toEqual(after)
      return false
    }
    const undone = await takeBack()
    expect(await bench.read(row.rows)).toEqual(before)
    if (row.back === undefined && row.once !== true) {
      const redone = await bench.reverse(undone)
      expect(await bench.read(row.rows)).toEqual(after)
      await bench.reverse(redone)
    }
  }
  await bench.reverse(given)
  return true
}

async function expectRefusal(
  bench: LiveBench,
  message: string,
  run: () => Promise<unknown>,
): Promise<void> {
  const error: unknown = await run().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(bench.plain((error as Error).message)).toBe(message)
}
