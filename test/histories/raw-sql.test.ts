import { expect } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { runsLive, writesScripts, type History } from './history.ts'

const item = sa.table(
  'item',
  sa.column('id', sa.Integer()),
  sa.column('name', sa.String()),
  sa.column('flag', sa.Boolean()),
  sa.column('owner_id', sa.Integer()),
)
const owner = sa.table('owner', sa.column('id', sa.Integer()), sa.column('name', sa.String()))

const TRIGGERS: Readonly<Record<string, readonly [up: string, down: string]>> = {
  postgresql: [
    `CREATE FUNCTION touch() RETURNS trigger AS $$
    BEGIN
      NEW.note := coalesce(NEW.note, '') || ' touched; really' ;
      RETURN NEW;
    END;
    $$ LANGUAGE plpgsql;
    CREATE TRIGGER touch BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION touch();`,
    'DROP TRIGGER touch ON item; DROP FUNCTION touch();',
  ],
  mariadb: [
    "CREATE TRIGGER touch BEFORE UPDATE ON item FOR EACH ROW SET NEW.note = CONCAT(COALESCE(NEW.note, ''), ' touched; really')",
    'DROP TRIGGER touch;',
  ],
  sqlite: [
    `CREATE TRIGGER touch AFTER UPDATE OF name ON item BEGIN
      UPDATE item SET note = coalesce(note, '') || ' touched; really' WHERE id = NEW.id;
    END;`,
    'DROP TRIGGER touch;',
  ],
}

const trigger = (): readonly [up: string, down: string] =>
  TRIGGERS[op.getBind().dialect.name] ?? ['SELECT 1;', 'SELECT 2;']

const history: History = [
  {
    upgrade: () => {
      void op.execute('CREATE TABLE owner (id INTEGER PRIMARY KEY, name VARCHAR(20));')
      void op.execute(
        'CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(80), note VARCHAR(80), flag BOOLEAN, owner_id INTEGER)  ;  \n',
      )
      void op.execute("INSERT INTO owner (id, name) VALUES (1, 'ada'), (2, '12:30\\:00; no')")
      void op.execute(
        sa
          .text('INSERT INTO owner (id, name) VALUES (:id, :name)')
          .bindparams({ id: 3, name: "it's 50% :x" }),
      )
      void op.execute(
        sa.insert(item).values([
          { id: 1, name: 'a', flag: true, owner_id: 1 },
          { id: 2, name: 'b', flag: false, owner_id: 2 },
        ]),
      )
      void op.execute(item.insert().values({ id: 3, name: null, flag: null, owner_id: null }))
      void op.execute(trigger()[0])
    },
    downgrade: () => {
      void op.execute(trigger()[1])
      void op.execute('DROP TABLE item;')
      void op.execute('DROP TABLE owner')
    },
  },
  {
    upgrade: () => {
      const { c } = item
      void op.execute(
        item
          .update()
          .where(c.id.eq(op.inlineLiteral(1)))
          .values({ name: op.inlineLiteral('x') }),
      )
      void op.execute(
        item
          .update()
          .where(sa.func.lower(c.name).in(['B', 'b']), c.flag.is(false))
          .values({ name: sa.func.upper(c.name), flag: sa.true() }),
      )
      void op.execute(
        item
          .update()
          .where(c.name.is(null))
          .values({ name: sa.case([[c.id.gt(5), 'big']], { else: 'small' }) }),
      )
      void op.execute(
        item
          .update()
          .where(c.owner_id.in(sa.select(owner.c.id)))
          .values({ name: sa.select(owner.c.name).where(owner.c.id.eq(c.owner_id)) }),
      )
      void op.execute(
        owner
          .insert()
          .fromSelect(
            ['id', 'name'],
            sa.select(c.id.op('+', 10).op('*', 2), c.name).where(c.flag.eq(true)),
          ),
      )
      void op.execute(owner.delete().where(owner.c.id.in([])))
      void op.execute(owner.delete().where(owner.c.id.notIn([1, 2, 3, 22, 24])))
    },
    downgrade: () => {
      void op.execute(owner.delete().where(owner.c.id.gt(20)))
    },
  },
]

writesScripts('raw SQL', ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'], history)

runsLive('raw SQL', history, async ({ db, query }) => {
  const items = await query('SELECT id, name, flag FROM item ORDER BY id')
  const yes = db === 'postgresql' ? true : 1
  expect(items).toEqual([
    { id: 1, name: 'ada', flag: yes },
    { id: 2, name: '12:30:00; no', flag: yes },
    { id: 3, name: 'small', flag: null },
  ])
  expect(await query('SELECT note FROM item WHERE id = 3')).toEqual([{ note: ' touched; really' }])
  expect(await query('SELECT id, name FROM owner ORDER BY id')).toEqual([
    { id: 1, name: 'ada' },
    { id: 2, name: '12:30:00; no' },
    { id: 3, name: "it's 50% :x" },
    { id: 22, name: 'ada' },
    { id: 24, name: '12:30:00; no' },
  ])
})
