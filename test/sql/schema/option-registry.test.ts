import { afterEach, expect, it, vi } from 'vitest'
import { sa } from '../../../src/index.ts'
import { registerDialect } from '../../../src/engine/registry.ts'
import { AlterColumnOp, CreateIndexOp, DropColumnOp } from '../../../src/operations/index.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'

const warnings = vi.fn<(message: string) => void>()
setWarningHandler(warnings)
afterEach(() => {
  warnings.mockClear()
})

it.each([
  [
    () => sa.CheckConstraint('a > 0', { postgresql: { include: ['b'] } }),
    "Option 'include' is not accepted by dialect postgresql on check constraints (accepted there: notValid, noInherit)",
  ],
  [
    () => sa.UniqueConstraint('a', { postgresql: { notValid: true } }),
    "Option 'notValid' is not accepted by dialect postgresql on unique constraints (accepted there: include, nullsNotDistinct)",
  ],
  [
    () => sa.ForeignKeyConstraint(['a'], ['t.b'], { mssql: { clustered: true } }),
    "Option 'clustered' is not accepted by dialect mssql on foreign keys (accepted there: none)",
  ],
  [
    () => sa.Column('a', sa.Integer(), { postgresql: { compression: 'lz4' } } as never),
    "Option 'compression' is not accepted by dialect postgresql on columns (accepted there: none)",
  ],
  [
    () => sa.Table('t', sa.MetaData(), { postgresql: { tablspace: 'x' } } as never),
    "did you mean 'tablespace'?",
  ],
  [() => sa.Index('ix', 'a', { sqlite: { were: 'a > 5' } } as never), "did you mean 'where'?"],
  [() => new CreateIndexOp('ix', 't', ['a'], { mysql: { lenght: 5 } } as never), "'length'?"],
])('an option on the wrong object or a mistyped one is refused: %#', (make, message) => {
  expect(make).toThrow(
    expect.objectContaining({
      code: 'SCHEMA_INVALID',
      message: expect.stringContaining(message) as string,
    }) as Error,
  )
})

it('what a dialect takes is taken, whatever dialect is in use', () => {
  sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer(), { mssql: { identityStart: 5 } }), {
    mysql: { engine: 'InnoDB', someNewOption: 'x' },
    mariadb: { engine: 'Aria' },
    sqlite: { strict: true },
  })
  expect(warnings).not.toHaveBeenCalled()
})

it('options of a database that is not known are kept, with a warning', () => {
  const index = sa.Index('ix', 'a', { foodb: { x: 5 } } as never)
  expect(index.dialectOptions).toEqual({ foodb: { x: 5 } })
  expect(warnings.mock.calls).toEqual([
    ["Can't validate option 'x' of 'foodb': there is no dialect of that name"],
  ])
})

it('an operation keeps what the dialect in use will ignore, with a warning', () => {
  AlterColumnOp.fromOptions('t', 'a', { postgresql: { usnig: 'a::int' } } as never)
  const options = { mssql: { dropCheck: true } }
  expect(new DropColumnOp('t', 'a', options).options).toEqual(options)
  expect(warnings.mock.calls).toEqual([
    [
      "Option 'usnig' is not accepted by dialect postgresql on alterColumn (accepted there: using); did you mean 'using'?; it is ignored",
    ],
  ])
})

it('a dialect from outside says what it takes, or takes everything', () => {
  const load = () => Promise.reject(new TypeError('not used here'))
  registerDialect('foodb1', { options: { index: ['fillFactor'] }, load })
  registerDialect('foodb2', { load })
  const make = (options: object) => () => sa.Index('ix', 'a', options)
  expect(make({ foodb1: { fillFactor: 5 }, foodb2: { anything: 5 } })).not.toThrow()
  expect(make({ foodb1: { fillfactor: 5 } })).toThrow("did you mean 'fillFactor'?")
  expect(warnings).not.toHaveBeenCalled()
})
