// How long names may be on each server, in its own unit, and how a naming convention's names are shortened to that.
import { describe, expect, it } from 'vitest'
import { IdentifierError } from '../../src/errors/compile-error.ts'
import { createDialect as db2 } from '../../src/dialects/db2/compile/index.ts'
import { createDialect as firebird } from '../../src/dialects/firebird/compile/index.ts'
import { createDialect as informix } from '../../src/dialects/informix/compile/index.ts'
import { createDialect as mssql } from '../../src/dialects/mssql/compile/index.ts'
import { createDialect as oracle } from '../../src/dialects/oracle/compile/index.ts'
import { createDialect as postgresql } from '../../src/dialects/postgresql/compile/index.ts'
import { createDialect as sybase } from '../../src/dialects/sybase/compile/index.ts'
import type { Dialect } from '../../src/sql/compile/dialect.ts'
import { describeFirebird } from './firebird/live.ts'

type Unit = 'bytes' | 'characters'

const LONGEST: readonly (readonly [title: string, dialect: Dialect, max: number, unit: Unit])[] = [
  ['PostgreSQL', postgresql(), 63, 'bytes'],
  ['Oracle 12.1', oracle({ serverVersion: [12, 1, 0] }), 30, 'bytes'],
  ['Oracle 12.2', oracle({ serverVersion: [12, 2, 0] }), 128, 'bytes'],
  ['Oracle, unknown', oracle(), 128, 'bytes'],
  ['Db2', db2(), 128, 'bytes'],
  ['Informix', informix(), 128, 'bytes'],
  ['SAP ASE', sybase(), 255, 'bytes'],
  ['SQL Server', mssql(), 128, 'characters'],
  ['Firebird 3', firebird({ serverVersion: [3, 0] }), 31, 'bytes'],
  ['Firebird 4', firebird({ serverVersion: [4, 0] }), 63, 'characters'],
]

describe.each(LONGEST)('names on %s', (_title, { preparer, traits }, max, unit) => {
  const perLetter = unit === 'bytes' ? 2 : 1
  const most = Math.floor(max / perLetter)
  const way = 'x'

  it('have so many letters of two bytes at most', () => {
    expect(() =>
      preparer.assertFits('é'.repeat(most), { way, max: traits.maxIdentifierLength }),
    ).not.toThrow()
    expect(() =>
      preparer.assertFits('é'.repeat(most + 1), { way, max: traits.maxIdentifierLength }),
    ).toThrow(IdentifierError)
  })

  it('are shortened to that', () => {
    const text = 'é'.repeat(max)
    const fitted = preparer.fitConstraint({ text: text + 'é', quote: null, truncatable: true })
    expect(fitted).toMatch(/^é+_[0-9a-f]{4}$/)
    expect(preparer.lengthOf(fitted)).toBeLessThanOrEqual(max)
    expect(preparer.lengthOf(fitted)).toBeGreaterThan(max - 5)
  })
})

describeFirebird('a name of 31 bytes', (connection) => {
  it('is the longest that the server takes', async () => {
    const { preparer } = connection().dialect
    const create = async (name: string): Promise<unknown> =>
      await connection().execute(`CREATE TABLE ${preparer.quoteAlways(name)} (id INTEGER)`)
    await create(`${'é'.repeat(15)}a`)
    await expect(create('é'.repeat(16))).rejects.toThrow()
  })
})
