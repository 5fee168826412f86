import { describe, expect, it } from 'vitest'
import { OperationError } from '../../src/errors/operation-error.ts'
import { AddColumnOp, DropColumnOp } from '../../src/operations/add-column.ts'
import { AlterColumnOp } from '../../src/operations/alter-column.ts'
import { BulkInsertOp } from '../../src/operations/bulk-insert.ts'
import {
  DowngradeOps,
  MigrationScript,
  ModifyTableOps,
  UpgradeOps,
} from '../../src/operations/containers.ts'
import { CreateCheckConstraintOp } from '../../src/operations/create-check-constraint.ts'
import { CreateForeignKeyOp } from '../../src/operations/create-foreign-key.ts'
import { CreateIndexOp, DropIndexOp } from '../../src/operations/create-index.ts'
import { CreatePrimaryKeyOp } from '../../src/operations/create-primary-key.ts'
import { CreateTableOp, DropTableOp } from '../../src/operations/create-table.ts'
import { CreateUniqueConstraintOp } from '../../src/operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../src/operations/drop-constraint.ts'
import { ExecuteSQLOp } from '../../src/operations/execute.ts'
import type { MigrateOperation } from '../../src/operations/migrate-operation.ts'
import { op } from '../../src/operations/operations.ts'
import { RenameTableOp } from '../../src/operations/rename-table.ts'
import { CreateTableCommentOp, DropTableCommentOp } from '../../src/operations/table-comment.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf } from './op-fixture.ts'

async function sqlOf(operation: MigrateOperation<unknown>): Promise<string[]> {
  return await scriptOf('postgresql', () => op.invoke(operation))
}

/** Each operation, what it does, and what its reverse does. */
const pairs: readonly [operation: MigrateOperation<unknown>, sql: string[], reversed: string[]][] =
  [
    [
      new AddColumnOp('t', sa.Column('c', sa.Integer()), { schema: 's', ifNotExists: true }),
      ['ALTER TABLE s.t ADD COLUMN IF NOT EXISTS c INTEGER;'],
      ['ALTER TABLE s.t DROP COLUMN IF EXISTS c;'],
    ],
    [
      new CreateUniqueConstraintOp('uq', 't', ['a'], { deferrable: true }),
      ['ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE;'],
      ['ALTER TABLE t DROP CONSTRAINT uq;'],
    ],
    [
      new CreatePrimaryKeyOp('pk', 't', ['a', 'b'], { schema: 's' }),
      ['ALTER TABLE s.t ADD CONSTRAINT pk PRIMARY KEY (a, b);'],
      ['ALTER TABLE s.t DROP CONSTRAINT pk;'],
    ],
    [
      new CreateForeignKeyOp('fk', 't', 'o', ['a'], ['id'], {
        referentSchema: 's2',
        ondelete: 'CASCADE',
      }),
      ['ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES s2.o (id) ON DELETE CASCADE;'],
      ['ALTER TABLE t DROP CONSTRAINT fk;'],
    ],
    [
      new CreateCheckConstraintOp('ck', 't', 'a > 5', { postgresql: { notValid: true } }),
      ['ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 5) NOT VALID;'],
      ['ALTER TABLE t DROP CONSTRAINT ck;'],
    ],
    [
      new CreateIndexOp('ix', 't', ['a', sa.text('lower(b)')], { unique: true }),
      ['CREATE UNIQUE INDEX ix ON t (a, lower(b));'],
      ['DROP INDEX ix;'],
    ],
    [
      new CreateTableOp('t', [sa.Column('a', sa.Integer(), { unique: true })], { comment: 'c' }),
      ['CREATE TABLE t ( a INTEGER, UNIQUE (a) );', "COMMENT ON TABLE t IS 'c';"],
      ['DROP TABLE t;'],
    ],
    [
      new CreateTableCommentOp('t', 'new', { existingComment: 'old' }),
      ["COMMENT ON TABLE t IS 'new';"],
      ["COMMENT ON TABLE t IS 'old';"],
    ],
    [new RenameTableOp('a', 'b'), ['ALTER TABLE a RENAME TO b;'], ['ALTER TABLE b RENAME TO a;']],
  ]

const named = pairs.map(
  ([operation, ...rest]) => [operation.constructor.name, operation, ...rest] as const,
)

describe('reverse()', () => {
  it.each(named)('of %s', async (_name, operation, sql, reversed) => {
    expect(await sqlOf(operation)).toEqual(sql)
    expect(await sqlOf(operation.reverse())).toEqual(reversed)
  })

  it.each(named)('twice is the operation again: %s', async (_name, operation, sql) => {
    expect(await sqlOf(operation.reverse().reverse())).toEqual(sql)
  })

  it('of a comment that nothing was before takes it away', async () => {
    const operation = new CreateTableCommentOp('t', 'new')
    expect(await sqlOf(operation.reverse())).toEqual(['COMMENT ON TABLE t IS NULL;'])
    expect(await sqlOf(operation.reverse().reverse())).toEqual(["COMMENT ON TABLE t IS 'new';"])
    expect(new DropTableCommentOp('t').toDiffTuple()[0]).toBe('remove_table_comment')
  })

  it('keeps what a dropped table consisted of, without its indexes', async () => {
    const table = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('a', sa.Integer(), sa.ForeignKey('o.id'), { index: true }),
      sa.Column('b', sa.String(5), { unique: true }),
      sa.CheckConstraint('a > 0', { name: 'ck' }),
      { schema: 's' },
    )
    expect(await sqlOf(DropTableOp.fromTable(table).reverse())).toEqual([
      'CREATE TABLE s.t ( id SERIAL NOT NULL, a INTEGER, b VARCHAR(5), PRIMARY KEY (id), CONSTRAINT ck CHECK (a > 0), FOREIGN KEY(a) REFERENCES o (id), UNIQUE (b) );',
    ])
  })

  it('of a changed constraint name drops and makes it under the new one', async () => {
    const drop = new CreateUniqueConstraintOp('uq', 't', ['a']).reverse()
    drop.constraintName = 'uq_other'
    drop.tableName = 'other'
    expect(await sqlOf(drop.reverse())).toEqual([
      'ALTER TABLE other ADD CONSTRAINT uq_other UNIQUE (a);',
    ])
  })

  it('of AlterColumnOp swaps each pair of what changes', () => {
    const operation = new AlterColumnOp('t', 'c', {
      modifyType: sa.Integer(),
      existingType: sa.String(5),
      modifyNullable: false,
      existingNullable: true,
      existingComment: 'kept',
    })
    const reversed = operation.reverse()
    expect(reversed.modifyType?.toString()).toBe('String(length=5)')
    expect(reversed.existingType?.toString()).toBe('Integer()')
    expect([reversed.modifyNullable, reversed.existingNullable]).toEqual([true, false])
    expect([reversed.modifyComment, reversed.existingComment]).toEqual([undefined, 'kept'])
  })

  it.each([
    [new DropColumnOp('t', 'c'), 'operation is not reversible; original column is not present'],
    [new DropIndexOp('ix'), 'operation is not reversible; original index is not present'],
    [new DropTableOp('t'), 'operation is not reversible; original table is not present'],
    [
      new DropConstraintOp('n', 't'),
      'constraint cannot be produced; original constraint is not present',
    ],
    [new ExecuteSQLOp('x'), "ExecuteSQLOp can't be reversed; write its opposite by hand"],
    [new BulkInsertOp(sa.table('t'), []), "BulkInsertOp can't be reversed"],
  ])('is refused where nothing is known to come back: %#', (operation, message) => {
    expect(() => operation.reverse()).toThrow(OperationError)
    expect(() => operation.reverse()).toThrow(message)
  })
})

describe('toDiffTuple()', () => {
  it('is the reference’s', () => {
    const column = sa.Column('c', sa.Integer())
    expect(new AddColumnOp('t', column, { schema: 's' }).toDiffTuple()).toEqual([
      'add_column',
      's',
      't',
      column,
    ])
    expect(new AddColumnOp('t', column).reverse().toDiffTuple()).toEqual([
      'remove_column',
      null,
      't',
      column,
    ])
    expect(new ExecuteSQLOp('x').toDiffTuple()).toEqual(['execute', 'x'])
    const tags = pairs.map(([operation]) => {
      if (operation instanceof RenameTableOp) return []
      return [operation.toDiffTuple()[0], operation.reverse().toDiffTuple()[0]]
    })
    expect(tags).toEqual([
      ['add_column', 'remove_column'],
      ['add_constraint', 'remove_constraint'],
      ['add_constraint', 'remove_constraint'],
      ['add_fk', 'remove_fk'],
      ['add_constraint', 'remove_constraint'],
      ['add_index', 'remove_index'],
      ['add_table', 'remove_table'],
      ['add_table_comment', 'add_table_comment'],
      [],
    ])
  })

  it('of AlterColumnOp is a list; false stands for what was not said', () => {
    const [from, to] = [sa.String(5), sa.Integer()]
    const operation = new AlterColumnOp('t', 'c', {
      modifyType: to,
      existingType: from,
      existingNullable: true,
      modifyServerDefault: null,
    })
    expect(operation.toDiffTuple()).toEqual([
      [
        'modify_type',
        null,
        't',
        'c',
        { existing_nullable: true, existing_server_default: false, existing_comment: null },
        from,
        to,
      ],
      [
        'modify_default',
        null,
        't',
        'c',
        { existing_nullable: true, existing_type: from, existing_comment: null },
        false,
        null,
      ],
    ])
  })
})

describe('containers', () => {
  const add = new AddColumnOp('t', sa.Column('c', sa.Integer()))
  const index = new CreateIndexOp('ix', 't', ['c'])

  it('reverse each operation, the last one first', async () => {
    const upgrade = new UpgradeOps([new ModifyTableOps('t', [add, index])])
    const downgrade = upgrade.reverse()
    expect(downgrade).toBeInstanceOf(DowngradeOps)
    expect(await sqlOf(upgrade)).toEqual([
      'ALTER TABLE t ADD COLUMN c INTEGER;',
      'CREATE INDEX ix ON t (c);',
    ])
    expect(await sqlOf(downgrade)).toEqual(['DROP INDEX ix;', 'ALTER TABLE t DROP COLUMN c;'])
  })

  it('give their differences as one flat list', () => {
    const upgrade = new UpgradeOps([new ModifyTableOps('t', [add, index])])
    expect(upgrade.asDiffs().map(([tag]) => tag)).toEqual(['add_column', 'add_index'])
    expect([upgrade.isEmpty(), new UpgradeOps().isEmpty()]).toEqual([false, true])
  })

  it('of a script: several lists are only to be had as lists', () => {
    const script = new MigrationScript('r1', new UpgradeOps([add]), new DowngradeOps())
    expect(script.upgradeOps?.ops).toEqual([add])
    script.upgradeOpsList.push(new UpgradeOps([index]))
    expect(() => script.upgradeOps).toThrow('please use upgradeOpsList')
  })
})
