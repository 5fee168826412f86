import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complaints, type Gate, idleRows } from './gate.ts'
import { ownStatements } from './own-statements.ts'
import { areRecorded, recordedStatements } from './recorded-statements.ts'

interface GateTests {
  readonly dialect: string
  readonly gate: Gate
  /** Calls with what only this dialect has. */
  readonly ofItsOwn: readonly (() => unknown)[]
  /** A recorded statement with the placeholders of the driver. */
  readonly asSent?: (sql: string) => string
}

/** Holds a grammar against everything that is emitted for a dialect, and against what isn't for it. */
export function testGate({ dialect, gate, ofItsOwn, asSent = (sql) => sql }: GateTests): void {
  describe(`a grammar of ${dialect}`, () => {
    it.skipIf(!areRecorded)(
      'reads what is emitted for the recorded calls',
      async () => {
        const statements = (await recordedStatements(dialect)).map(asSent)
        expect(complaints(gate, statements)).toEqual([])
        expect(idleRows(gate, statements)).toEqual([])
        expect(statements.length).toBeGreaterThan(1400)
      },
      180_000,
    )

    it('reads what is emitted for calls of each kind', async () => {
      const statements = await ownStatements(dialect, ofItsOwn)
      expect(complaints(gate, statements)).toEqual([])
      expect(statements.length).toBeGreaterThan(40)
    })

    const broken = readFileSync(join(import.meta.dirname, `${dialect}.broken.sql`), 'utf8')
    it.each(broken.trimEnd().split('\n'))('refuses %s', (sql) => {
      expect(complaints({ ...gate, foreign: [] }, [sql])).toHaveLength(1)
    })
  })
}
