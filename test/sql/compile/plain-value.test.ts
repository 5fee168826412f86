import { expect, it } from 'vitest'
import { createDialect as createMariadb } from '../../../src/dialects/mariadb/index.ts'
import { createDialect as createPostgresql } from '../../../src/dialects/postgresql/compile/index.ts'
import { createDialect as createSqlite } from '../../../src/dialects/sqlite/index.ts'
import { sa } from '../../../src/index.ts'
import { plainValue } from '../../../src/sql/compile/plain-value.ts'

/** What runtimes with `Temporal` have, as far as it is looked at. */
function temporal(kind: string, text: string, epochMilliseconds?: number): object {
  return {
    [Symbol.toStringTag]: `Temporal.${kind}`,
    toString: () => text,
    ...(epochMilliseconds === undefined ? {} : { epochMilliseconds }),
  }
}

const postgresql = createPostgresql()
const mariadb = createMariadb()
const sqlite = createSqlite()
const moment = temporal('PlainDateTime', '2024-02-29T13:14:15.123456789')

it.each([
  [temporal('PlainDate', '2024-02-29'), '2024-02-29'],
  [moment, '2024-02-29 13:14:15.123456'],
  [temporal('PlainTime', '13:14:15.5'), '13:14:15.5'],
  [temporal('Duration', 'PT1H'), 'PT1H'],
  [temporal('Instant', '2024-02-29T13:14:15Z', 0), new Date(0)],
  [new Uint8Array([1, 2, 3]).buffer, new Uint8Array([1, 2, 3])],
  [new DataView(new Uint8Array([1, 2, 3]).buffer, 1), new Uint8Array([2, 3])],
  [5n, 5n],
])('%#', (value, plain) => {
  expect(plainValue(value)).toEqual(plain)
})

it('moments of Temporal are written and bound as their column has them', () => {
  const written = (dialect: typeof postgresql): string =>
    dialect.literals.renderLiteral(moment, sa.DateTime())
  expect(written(postgresql)).toBe("'2024-02-29 13:14:15.123456'")
  expect(written(mariadb)).toBe("'2024-02-29 13:14:15.123456'")
  expect(written(sqlite)).toBe("'2024-02-29 13:14:15.123456'")
  expect(sqlite.sql.bindValue(temporal('PlainDate', '2024-02-29'), sa.DateTime())).toBe(
    '2024-02-29 00:00:00.000000',
  )
})

it('a moment of a type with a zone is written in UTC, where the database reads one', () => {
  const written = (dialect: typeof postgresql): string =>
    dialect.literals.renderLiteral(new Date(0), sa.DateTime({ timezone: true }))
  expect(written(postgresql)).toBe("'1970-01-01 00:00:00+00:00'")
  expect(written(mariadb)).toBe("'1970-01-01 00:00:00'")
})
