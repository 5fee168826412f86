import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { OperationAbandonedError, OperationError } from '../../src/errors/operation-error.ts'
import { MigrationQueue, runMigrationBody } from '../../src/runtime/queue.ts'

/** A queue, the log of what ran, and a step that takes a while. */
function setup() {
  const queue = new MigrationQueue()
  const log: string[] = []
  const step = (name: string, ms = 1) =>
    queue.enqueue(name, async () => {
      await delay(ms)
      log.push(name)
      return name
    })
  const fail = (name: string) =>
    queue.enqueue(name, async () => {
      await delay(1)
      log.push(`${name} fails`)
      throw new Error(`${name} failed`)
    })
  return { queue, log, step, fail }
}

describe('order', () => {
  it('runs operations in call order, awaited or not', async () => {
    const { queue, log, step } = setup()
    await runMigrationBody(queue, async () => {
      void step('a', 5)
      const b = await step('b')
      expect(b).toBe('b')
      void step('c', 3)
      void step('d')
    })
    expect(log).toEqual(['a', 'b', 'c', 'd'])
  })

  it('finishes what is pending when the migration returns', async () => {
    const { queue, log, step } = setup()
    await runMigrationBody(queue, () => {
      void step('a', 5)
      void step('b')
    })
    expect(log).toEqual(['a', 'b'])
  })

  it('runs Promise.all in call order, one at a time', async () => {
    const { queue, log, step } = setup()
    await runMigrationBody(queue, async () => {
      expect(await Promise.all([step('a', 5), step('b', 1)])).toEqual(['a', 'b'])
    })
    expect(log).toEqual(['a', 'b'])
  })
})

describe('failures', () => {
  it('fails the migration when nobody looks at the failure, and runs nothing after it', async () => {
    const { queue, log, step, fail } = setup()
    const run = runMigrationBody(queue, async () => {
      void step('a')
      void fail('b')
      void step('c')
      await turn()
    })
    await expect(run).rejects.toThrow('b failed')
    expect(log).toEqual(['a', 'b fails'])
  })

  it('fails the migration although a later operation was awaited and its error caught', async () => {
    const { queue, log, step, fail } = setup()
    let seen: unknown
    const run = runMigrationBody(queue, async () => {
      void fail('a')
      try {
        await step('b')
      } catch (error) {
        seen = error
      }
      try {
        await step('c')
      } catch {
        log.push('c refused')
      }
    })
    await expect(run).rejects.toThrow('a failed')
    expect(seen).toBeInstanceOf(OperationAbandonedError)
    expect((seen as Error).message).toBe('b was not run, because a before it failed: a failed')
    expect((seen as Error).cause).toBeInstanceOf(Error)
    expect(log).toEqual(['a fails', 'c refused'])
  })

  it('leaves a failure that was awaited and caught to the migration', async () => {
    const { queue, log, step, fail } = setup()
    await runMigrationBody(queue, async () => {
      try {
        await fail('a')
      } catch {
        log.push('caught')
      }
      await step('b')
    })
    expect(log).toEqual(['a fails', 'caught', 'b'])
  })

  it('takes .catch() as handling, without an await', async () => {
    const { queue, log, step, fail } = setup()
    await runMigrationBody(queue, () => {
      void fail('a').catch(() => log.push('caught'))
      void step('b')
    })
    expect(log).toEqual(['a fails', 'caught', 'b'])
  })

  it('treats work that throws at once like work that rejects', async () => {
    const { queue, log } = setup()
    const boom = (): never => {
      throw new OperationError('bad arguments')
    }
    await runMigrationBody(queue, async () => {
      await expect(queue.enqueue('x', boom)).rejects.toThrow('bad arguments')
      log.push('went on')
    })
    const second = new MigrationQueue()
    const run = runMigrationBody(second, () => {
      void second.enqueue('x', boom)
    })
    await expect(run).rejects.toThrow('bad arguments')
    expect(log).toEqual(['went on'])
  })

  it('runs what was called before the migration itself threw, and nothing else', async () => {
    const { queue, log, step } = setup()
    const run = runMigrationBody(queue, () => {
      void step('a', 3)
      if (log.length === 0) throw new Error('no dogs')
      void step('b')
    })
    await expect(run).rejects.toThrow('no dogs')
    expect(log).toEqual(['a'])
  })

  it('gives up the rest of a Promise.all whose failure ends the migration', async () => {
    const { queue, log, step, fail } = setup()
    const run = runMigrationBody(queue, async () => {
      await Promise.all([step('a'), fail('b'), step('c')])
    })
    await expect(run).rejects.toThrow('b failed')
    expect(log).toEqual(['a', 'b fails'])
  })

  it('causes no unhandled rejection', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    const { queue, step, fail } = setup()
    await runMigrationBody(queue, () => {
      void fail('a')
      void step('b')
      void step('c')
    }).catch(() => undefined)
    await delay(10)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('refuses operations after the migration has ended', async () => {
    const { queue, log, step } = setup()
    let late: Promise<unknown> | undefined
    await runMigrationBody(queue, () => {
      late = delay(5).then(() => step('late'))
    })
    await expect(late).rejects.toThrow('late was called after the migration had ended')
    expect(log).toEqual([])
  })
})

describe('nesting', () => {
  it('gives operations that are called inside an operation a place inside it', async () => {
    const { queue, log, step } = setup()
    await runMigrationBody(queue, async () => {
      void queue.enqueue('batch', async () => {
        void step('inner 1', 3)
        await step('inner 2')
        void step('inner 3', 2)
      })
      void step('after')
    })
    expect(log).toEqual(['inner 1', 'inner 2', 'inner 3', 'after'])
  })

  it('fails the outer operation with an inner failure that nobody looked at', async () => {
    const { queue, log, step, fail } = setup()
    await runMigrationBody(queue, async () => {
      const batch = queue.enqueue('batch', () => {
        void fail('inner')
        void step('never')
      })
      await expect(batch).rejects.toThrow('inner failed')
      await step('after')
    })
    expect(log).toEqual(['inner fails', 'after'])
  })

  it('nests to any depth', async () => {
    const { queue, log, step } = setup()
    await runMigrationBody(queue, () => {
      void queue.enqueue('one', () => {
        void queue.enqueue('two', async () => {
          await step('deep')
        })
        void step('shallow')
      })
      void step('last')
    })
    expect(log).toEqual(['deep', 'shallow', 'last'])
  })
})

describe('side by side', () => {
  it('keeps two queues apart', async () => {
    const first = setup()
    const second = setup()
    await Promise.all([
      runMigrationBody(first.queue, async () => {
        void first.step('a', 4)
        await first.step('b')
      }),
      runMigrationBody(second.queue, async () => {
        void second.step('x', 1)
        await second.step('y', 6)
      }),
    ])
    expect(first.log).toEqual(['a', 'b'])
    expect(second.log).toEqual(['x', 'y'])
  })

  it('can wait for another queue inside an operation', async () => {
    const first = setup()
    const second = setup()
    await runMigrationBody(first.queue, async () => {
      await first.queue.enqueue('outer', () =>
        runMigrationBody(second.queue, () => {
          void second.step('other database')
        }),
      )
      await first.step('after')
    })
    expect(second.log).toEqual(['other database'])
    expect(first.log).toEqual(['after'])
  })
})
