import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriverConnection } from '../../src/engine/driver.ts'

/** What differs between databases in the contract that all drivers keep. */
export interface ContractTarget {
  readonly open: () => Promise<DriverConnection>
  /** `(1)` → `?` or `$1`. */
  readonly placeholder: (position: number) => string
  readonly columns: {
    readonly integer: string
    readonly decimal: string
    readonly bytes: string
    readonly moment: string
    readonly text: string
  }
  readonly momentText: string
  /** Whether a text may hold several; else what the refusal says, the explanation of this package unless given. */
  readonly severalStatements: boolean | RegExp
  /** Where there is no `DROP TABLE IF EXISTS`. */
  readonly dropTable?: string
}

export const dollar = (position: number): string => `$${position}`
export const questionMark = (): string => '?'

/** Runs the same tests on a driver, against a live database. */
export function describeDriver(name: string, target: ContractTarget): void {
  describe(name, () => {
    let connection: DriverConnection
    const p = target.placeholder
    const c = target.columns

    beforeAll(async () => {
      connection = await target.open()
      await connection.execute(target.dropTable ?? 'DROP TABLE IF EXISTS contract')
      await connection.execute(
        `CREATE TABLE contract (id INTEGER PRIMARY KEY, n ${c.integer}, d ${c.decimal}, b ${c.bytes}, m ${c.moment}, t ${c.text})`,
      )
    })
    afterAll(async () => {
      await connection.execute(target.dropTable ?? 'DROP TABLE IF EXISTS contract')
      await connection.close()
    })

    const roundTrip = async (column: string, value: unknown): Promise<unknown> => {
      await connection.execute('DELETE FROM contract')
      const inserted = await connection.execute(
        `INSERT INTO contract (id, ${column}) VALUES (${p(1)}, ${p(2)})`,
        [1, value],
      )
      expect(inserted.rowCount).toBe(1)
      const { rows, rowCount } = await connection.execute(`SELECT ${column} AS v FROM contract`)
      expect(rowCount).toBe(1)
      // The binary protocol of prepared statements must give the same.
      const again = await connection.execute(
        `SELECT ${column} AS v FROM contract WHERE id = ${p(1)}`,
        [1],
      )
      expect(again.rows[0]?.['v']).toEqual(rows[0]?.['v'])
      return rows[0]?.['v']
    }

    it('gives integers as numbers where exact, else as bigint', async () => {
      expect(await roundTrip('n', 42)).toBe(42)
      expect(await roundTrip('n', Number.MAX_SAFE_INTEGER)).toBe(9007199254740991)
      expect(await roundTrip('n', 9007199254740993n)).toBe(9007199254740993n)
      expect(await roundTrip('n', -9223372036854775808n)).toBe(-9223372036854775808n)
    })

    it('keeps an integer in a text column free of a decimal point', async () => {
      expect(await roundTrip('t', 5)).toBe('5')
    })

    it('keeps NULL, and takes undefined as NULL', async () => {
      for (const column of ['n', 'd', 'b', 'm', 't']) {
        expect(await roundTrip(column, null)).toBeNull()
        expect(await roundTrip(column, undefined)).toBeNull()
      }
    })

    it('keeps bytes', async () => {
      const bytes = Uint8Array.of(0, 1, 127, 128, 255, 39, 92)
      const back = await roundTrip('b', bytes)
      expect(back).toBeInstanceOf(Uint8Array)
      expect([...(back as Uint8Array)]).toEqual([...bytes])
    })

    it('keeps every character', async () => {
      const text = `Größe 日本語 🐘 ' " \\ \\' \n %s :x ? $1 ${'é'.repeat(300)}`
      expect(await roundTrip('t', text)).toBe(text)
    })

    it('takes a Date as its UTC wall clock and gives times as text', async () => {
      expect(await roundTrip('m', new Date('2024-02-29T23:59:58.123Z'))).toBe(target.momentText)
    })

    it('says whether a transaction is open, without changing that', async () => {
      expect(await connection.isInTransaction()).toBe(false)
      await connection.execute('BEGIN')
      expect(await connection.isInTransaction()).toBe(true)
      await connection.execute('DELETE FROM contract')
      await connection.execute(`INSERT INTO contract (id) VALUES (${p(1)})`, [7])
      expect(await connection.isInTransaction()).toBe(true)
      await connection.execute('ROLLBACK')
      expect(await connection.isInTransaction()).toBe(false)
    })

    it('inserts many rows and counts them', async () => {
      await connection.execute('DELETE FROM contract')
      const rows = Array.from({ length: 2500 }, (_, index) => [index, `row ${index}`, null])
      const sql = `INSERT INTO contract (id, t, d) VALUES (${p(1)}, ${p(2)}, ${p(3)})`
      expect(await connection.executeMany(sql, rows)).toBe(2500)
      const { rows: found } = await connection.execute(
        'SELECT count(*) AS n, max(id) AS last FROM contract',
      )
      expect(found).toEqual([{ n: 2500, last: 2499 }])
      const update = `UPDATE contract SET t = ${p(1)} WHERE id = ${p(2)}`
      expect(
        await connection.executeMany(update, [
          ['a', 1],
          ['b', 2],
          ['c', -1],
        ]),
      ).toBe(2)
    })

    it('runs a script of several statements, or says that it takes one', async () => {
      const script =
        "DELETE FROM contract; INSERT INTO contract (id, t) VALUES (1, 'a;b'); SELECT 1"
      if (target.severalStatements === true) {
        await connection.execute(script)
        const { rows } = await connection.execute('SELECT t FROM contract')
        expect(rows).toEqual([{ t: 'a;b' }])
      } else {
        await expect(connection.execute(script)).rejects.toThrow(
          target.severalStatements === false
            ? /^The text holds more than one statement, and this connection takes one at a time/
            : target.severalStatements,
        )
      }
    })

    it('knows the server version', async () => {
      const version = await connection.serverVersion()
      expect(version.length).toBeGreaterThanOrEqual(2)
      expect(await connection.serverVersionText()).toContain(version.join('.'))
    })
  })
}
