import { expect, it } from 'vitest'
import { CommandError } from '../../src/errors/command-error.ts'
import { OperationError } from '../../src/errors/operation-error.ts'
import { BatchOperations } from '../../src/operations/batch-alter-table.ts'
import { CreateTableOp } from '../../src/operations/create-table.ts'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf } from './op-fixture.ts'

it('carries out at its end what was called, awaited or not', async () => {
  const script = await scriptOf('postgresql', async () => {
    void op.batchAlterTable('t', { schema: 's' }, async (batchOp) => {
      void batchOp.addColumn(sa.Column('c', sa.Integer(), sa.ForeignKey('o.id')))
      await batchOp.alterColumn('d', { nullable: true })
      await batchOp.execute('UPDATE x SET y = 1')
      void op.execute('UPDATE z SET y = 1')
      void batchOp.dropColumn('e')
    })
    await op.dropTable('after')
  })
  expect(script).toEqual([
    'UPDATE x SET y = 1;',
    'UPDATE z SET y = 1;',
    'ALTER TABLE s.t ADD COLUMN c INTEGER;',
    'ALTER TABLE s.t ADD FOREIGN KEY(c) REFERENCES o (id);',
    'ALTER TABLE s.t ALTER COLUMN d DROP NOT NULL;',
    'ALTER TABLE s.t DROP COLUMN e;',
    'DROP TABLE after;',
  ])
})

it('has every operation on one table, without the table’s name', async () => {
  const script = await scriptOf('mariadb', () =>
    op.batchAlterTable('t', async (batchOp) => {
      await batchOp.createIndex('ix', ['a'], { unique: true })
      await batchOp.dropIndex('ix')
      await batchOp.createPrimaryKey('pk', ['a'])
      await batchOp.createUniqueConstraint('uq', ['a'])
      await batchOp.createForeignKey('fk', 'o', ['a'], ['id'], { ondelete: 'CASCADE' })
      await batchOp.createCheckConstraint(batchOp.f('ck'), 'a > 0')
      await batchOp.dropConstraint('fk', 'foreignkey')
      await batchOp.createTableComment('x')
      await batchOp.dropTableComment()
    }),
  )
  expect(script).toEqual([
    'CREATE UNIQUE INDEX ix ON t (a);',
    'DROP INDEX ix ON t;',
    'ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a);',
    'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a);',
    'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES o (id) ON DELETE CASCADE;',
    'ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0);',
    'ALTER TABLE t DROP FOREIGN KEY fk;',
    "ALTER TABLE t COMMENT 'x';",
    "ALTER TABLE t COMMENT '';",
  ])
})

it('forgets what was called when the body throws', async () => {
  const emitted: string[][] = []
  const body = async (): Promise<void> => {
    const batch = op.batchAlterTable('t', async (batchOp) => {
      await batchOp.dropColumn('c')
      throw new OperationError('in the body')
    })
    await expect(batch).rejects.toThrow('in the body')
  }
  emitted.push(await scriptOf('postgresql', body))
  expect(emitted).toEqual([[]])
})

it('fails at its end for a wrong call that nobody awaited', async () => {
  const batch = scriptOf('postgresql', () =>
    op.batchAlterTable('t', (batchOp) => {
      void batchOp.dropColumn('a')
      void batchOp.addColumn('c' as never)
      void batchOp.dropColumn('b')
    }),
  )
  await expect(batch).rejects.toThrow('addColumn takes a column')
})

it('places columns only where the table is made anew', async () => {
  const batch = scriptOf('postgresql', () =>
    op.batchAlterTable('t', async (batchOp) => {
      await batchOp.addColumn(sa.Column('c', sa.Integer()), { insertAfter: 'a' })
    }),
  )
  await expect(batch).rejects.toThrow(CommandError)
  await expect(batch).rejects.toThrow("please specify recreate='always'")
})

it.each([
  [() => op.batchAlterTable('t', {}), 'batchAlterTable takes the table'],
  [
    () => op.batchAlterTable('t', { recreate: 'sometimes' as never }, () => undefined),
    "recreate may be one of 'auto', 'always', or 'never'.",
  ],
  [
    () => op.batchAlterTable('t', (batchOp) => batchOp.invoke(new CreateTableOp('x', []))),
    "Can't create a table in batch mode",
  ],
])('refuses what makes no sense: %#', async (call, message) => {
  await expect(scriptOf('postgresql', call)).rejects.toThrow(message)
})

it('takes directives of one’s own', async () => {
  BatchOperations.registerOperation('touch', (batch, column: string) =>
    batch.invoke(new CreateTableOp(column, [])),
  )
  expect(() => BatchOperations.registerOperation('addColumn', () => undefined)).toThrow('built in')
})
