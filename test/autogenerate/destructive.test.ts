import { describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { destructiveChanges, noteDestructive } from '../../src/autogenerate/destructive.ts'
import { narrowing } from '../../src/autogenerate/destructive-types.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import { AddColumnOp, DropColumnOp } from '../../src/operations/add-column.ts'
import { AlterColumnOp } from '../../src/operations/alter-column.ts'
import { AlterEnumOp } from '../../src/operations/alter-enum.ts'
import { ModifyTableOps, UpgradeOps } from '../../src/operations/containers.ts'
import { DropTableOp } from '../../src/operations/create-table.ts'
import * as sa from '../../src/sa.ts'

type Types = readonly [from: sa.TypeEngine, to: sa.TypeEngine]

const narrower: readonly (readonly [...Types, reason: string])[] = [
  [sa.String(20), sa.String(10), 'values may be longer than 10'],
  [sa.String(), sa.String(10), 'values may be longer than 10'],
  [sa.Text(), sa.String(200), 'values may be longer than 200'],
  [sa.VARCHAR(20), sa.CHAR(5), 'values may be longer than 5'],
  [sa.mysql.LONGTEXT(), sa.Text(), 'values may be longer than 65535'],
  [sa.mysql.TEXT(), sa.mysql.TINYTEXT(), 'values may be longer than 255'],
  [sa.LargeBinary(), sa.LargeBinary(16), 'values may be longer than 16'],
  [sa.JSON(), sa.String(100), 'values may be longer than 100'],
  [sa.Uuid(), sa.String(10), 'values may be longer than 10'],
  [sa.Integer(), sa.String(5), 'values may be longer than 5'],
  [sa.Enum('a', 'long'), sa.String(2), 'values may be longer than 2'],
  [sa.BigInteger(), sa.Integer(), 'larger numbers do not fit'],
  [sa.INTEGER(), sa.SmallInteger(), 'larger numbers do not fit'],
  [sa.mysql.MEDIUMINT(), sa.mysql.TINYINT(), 'larger numbers do not fit'],
  [sa.mysql.INTEGER(), sa.mysql.INTEGER({ unsigned: true }), 'negative numbers do not fit'],
  [sa.mysql.INTEGER({ unsigned: true }), sa.Integer(), 'larger numbers do not fit'],
  [sa.Numeric(10, 2), sa.Numeric(8, 2), 'larger numbers do not fit'],
  [sa.Numeric(10, 4), sa.Numeric(10, 2), 'digits after the point are rounded off'],
  [sa.Numeric(10, 2), sa.Numeric(10, 4), 'larger numbers do not fit'],
  [sa.Numeric(), sa.Numeric(10, 2), 'only numbers of 10 digits fit'],
  [sa.Double(), sa.REAL(), 'digits are rounded off'],
  [sa.Numeric(30, 10), sa.Double(), 'digits are rounded off'],
  [sa.Double(), sa.Numeric(8, 2), 'digits are rounded off, and larger numbers do not fit'],
  [sa.BigInteger(), sa.Double(), 'digits are rounded off'],
  [sa.BigInteger(), sa.Numeric(10, 0), 'larger numbers do not fit'],
  [
    sa.Numeric(10, 2),
    sa.Integer(),
    'what is behind the point is lost, and larger numbers do not fit',
  ],
  [sa.DateTime(), sa.Date(), 'the time of day is lost'],
  [sa.DateTime(), sa.Time(), 'the date is lost'],
  [sa.DateTime({ timezone: true }), sa.DateTime(), 'the time zone is lost'],
  [
    sa.mysql.DATETIME({ fsp: 6 }),
    sa.mysql.DATETIME({ fsp: 0 }),
    'fractions of seconds are rounded off',
  ],
  [sa.Enum('a', 'b', 'c'), sa.Enum('a'), "rows may hold 'b', 'c'"],
  [sa.mysql.SET('a', 'b'), sa.mysql.SET('b'), "rows may hold 'a'"],
  [sa.String(5), sa.Enum('a'), 'only the values of the enumeration fit'],
  [sa.String(10), sa.Integer(), 'values may have no equivalent'],
  [sa.Integer(), sa.Boolean(), 'values may have no equivalent'],
]

const wider: readonly Types[] = [
  [sa.String(10), sa.String(20)],
  [sa.String(10), sa.String(10)],
  [sa.String(10), sa.Text()],
  [sa.VARCHAR(10), sa.String()],
  [sa.Text(), sa.mysql.LONGTEXT()],
  [sa.JSON(), sa.Text()],
  [sa.Uuid(), sa.String(36)],
  [sa.Integer(), sa.String(11)],
  [sa.Boolean(), sa.String(5)],
  [sa.Enum('a', 'bb'), sa.String(2)],
  [sa.SmallInteger(), sa.Integer()],
  [sa.mysql.INTEGER({ unsigned: true }), sa.BigInteger()],
  [sa.Numeric(8, 2), sa.Numeric(10, 2)],
  [sa.Numeric(8, 2), sa.Numeric(10, 4)],
  [sa.Numeric(8, 2), sa.Numeric()],
  [sa.REAL(), sa.Double()],
  [sa.Integer(), sa.Numeric(12, 2)],
  [sa.Integer(), sa.Double()],
  [sa.Boolean(), sa.Integer()],
  [sa.Date(), sa.DateTime()],
  [sa.DateTime(), sa.DateTime({ timezone: true })],
  [sa.Enum('a'), sa.Enum('b', 'a')],
  // Nothing is known of such types.
  [sa.NullType(), sa.Integer()],
]

describe('narrowing', () => {
  it.each(narrower)('%s to %s', (from, to, reason) => {
    expect(narrowing(from, to)).toBe(reason)
  })

  it.each(wider)('%s to %s loses nothing', (from, to) => {
    expect(narrowing(from, to)).toBeNull()
  })
})

describe('destructive operations', () => {
  const table = sa.Table(
    't',
    sa.MetaData(),
    sa.Column('id', sa.Integer()),
    sa.Column('a', sa.Text()),
  )
  const upgrade = (): UpgradeOps =>
    new UpgradeOps([
      DropTableOp.fromTable(table),
      new ModifyTableOps('u', [
        new AddColumnOp('u', sa.Column('new', sa.Integer())),
        new DropColumnOp('u', 'old', { schema: 's' }, sa.Column('old', sa.String(5))),
        new AlterColumnOp('u', 'b', {
          existingType: sa.String(20),
          modifyType: sa.String(10),
          existingNullable: true,
          modifyNullable: false,
        }),
        new AlterColumnOp('u', 'c', { existingType: sa.String(20), modifyType: sa.Text() }),
      ]),
      new AlterEnumOp('mood', ['ok'], { existingValues: ['ok', 'meh'] }),
      new AlterEnumOp('mood', ['ok'], { existingValues: ['ok', 'meh'], replace: { meh: 'ok' } }),
    ])

  it('are told with what is lost', () => {
    expect(destructiveChanges(upgrade(), 'postgresql')).toEqual([
      {
        kind: 'dropTable',
        schema: null,
        table: 't',
        name: null,
        description: "drops table 't' and its rows (id, a)",
      },
      {
        kind: 'dropColumn',
        schema: 's',
        table: 'u',
        name: 'old',
        description: "drops column 's.u.old' (String(5)) and its values",
      },
      {
        kind: 'narrowType',
        schema: null,
        table: 'u',
        name: 'b',
        description:
          "narrows column 'u.b' from String(20) to String(10): values may be longer than 10",
      },
      {
        kind: 'setNotNull',
        schema: null,
        table: 'u',
        name: 'b',
        description: "makes column 'u.b' NOT NULL: fails on rows with NULL",
      },
      {
        kind: 'dropEnumValues',
        schema: null,
        table: null,
        name: 'mood',
        description: "takes 'meh' from type 'mood': fails on rows with it",
      },
    ])
  })

  it('have a comment each', async () => {
    const ops = new UpgradeOps([DropTableOp.fromTable(table)])
    noteDestructive(ops, 'postgresql')
    const dialect = (await loadDialect('postgresql')).createDialect()
    const { code } = await renderCode(ops, { dialect, depth: 0 })
    expect(code.split('\n').slice(1, -1)).toEqual([
      "// destructive: drops table 't' and its rows (id, a)",
      "await op.dropTable('t')",
    ])
  })
})
