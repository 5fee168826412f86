import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { downgrade } from '../../../src/command/downgrade.ts'
import { upgrade } from '../../../src/command/upgrade.ts'
import { Config } from '../../../src/config/config.ts'
import {
  describeEachDatabase,
  type LiveDatabase,
  type ScratchDatabase,
} from '../../live/servers.ts'
import { folderWith } from '../folder.ts'

// The trigger writes down what was inserted; the third kind of file fills the table.
const LOGGING: Readonly<
  Record<LiveDatabase['name'], { readonly up: string; readonly down: string }>
> = {
  sqlite: {
    up: `CREATE TRIGGER log AFTER INSERT ON items BEGIN
  INSERT INTO logs VALUES (CASE WHEN new.name = 'a;b' THEN 'semicolon' ELSE ':name 100%' END);
  INSERT INTO logs VALUES ('done; ' || new.id);
END;`,
    down: 'DROP TRIGGER log;',
  },
  postgresql: {
    up: `CREATE FUNCTION log_item() RETURNS trigger AS $body$
BEGIN
  INSERT INTO logs VALUES (CASE WHEN new.name = 'a;b' THEN 'semicolon' ELSE ':name 100%' END);
  INSERT INTO logs VALUES ('done; ' || new.id); -- it's
  RETURN NEW;
END $body$ LANGUAGE plpgsql;
CREATE FUNCTION three() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 3; END;
CREATE TRIGGER log AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION log_item();`,
    down: 'DROP TRIGGER log ON items; DROP FUNCTION three; DROP FUNCTION log_item;',
  },
  mariadb: {
    up: `DELIMITER $$
CREATE PROCEDURE log_done(IN id INT)
BEGIN
  IF id > 0 THEN INSERT INTO logs VALUES (CONCAT('done; ', id)); END IF;
END$$
DELIMITER ;
CREATE TRIGGER log AFTER INSERT ON items FOR EACH ROW
BEGIN
  INSERT INTO logs VALUES (CASE WHEN NEW.name = 'a;b' THEN 'semicolon' ELSE ':name 100%' END);
  CALL log_done(NEW.id);
END;`,
    down: 'DROP TRIGGER log; DROP PROCEDURE log_done;',
  },
}

function files(name: LiveDatabase['name']): Record<string, string> {
  const { up, down } = LOGGING[name]
  return {
    'versions/a.ts': `import { op, sa } from 'alembic-ts'
export const revision: string = 'a1'
export const downRevision = null
export async function upgrade(): Promise<void> {
  await op.createTable('items', sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }), sa.Column('name', sa.String(20)))
  await op.createTable('logs', sa.Column('line', sa.String(40)))
}
export async function downgrade(): Promise<void> {
  await op.dropTable('logs')
  await op.dropTable('items')
}`,
    'versions/b.sql': `-- log what is inserted
-- revision: b2
-- down revision: a1

-- upgrade
${up}

-- downgrade
${down}
`,
    'versions/c.mjs': `import { op } from 'alembic-ts'
export const revision = 'c3'
export const downRevision = 'b2'
export const upgrade = () => op.execute("INSERT INTO items VALUES (1, 'a;b')")
export const downgrade = () => op.execute('DELETE FROM items WHERE id = 1')`,
    'versions/d.cjs': `const { op } = require('alembic-ts')
exports.revision = 'd4'
exports.downRevision = 'c3'
exports.upgrade = async () => { await op.execute("INSERT INTO items VALUES (2, 'b')") }
exports.downgrade = async () => { await op.execute('DELETE FROM items WHERE id = 2') }`,
    // Compiled from e.ts, which is not there.
    'versions/e.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dependsOn = exports.branchLabels = exports.downRevision = exports.revision = void 0;
exports.upgrade = upgrade;
exports.downgrade = downgrade;
const alembic_ts_1 = require("alembic-ts");
exports.revision = 'e5';
exports.downRevision = 'd4';
exports.branchLabels = null;
exports.dependsOn = null;
async function upgrade() {
    await alembic_ts_1.op.addColumn('logs', alembic_ts_1.sa.Column('at', alembic_ts_1.sa.Integer()));
}
async function downgrade() {
    await alembic_ts_1.op.dropColumn('logs', 'at');
}
//# sourceMappingURL=e.js.map`,
    'versions/e.js.map': '{}',
  }
}

describeEachDatabase('revisions in plain SQL', (db) => {
  let scratch: ScratchDatabase
  beforeAll(async () => {
    scratch = await db.createScratch()
  })
  afterAll(() => scratch.dispose())

  const open = (folder: string): { config: Config; output: () => string } => {
    let text = ''
    const outputBuffer = { write: (piece: string) => (text += piece) }
    const settings = { url: scratch.url, scriptLocation: folder }
    return { config: new Config({ settings, outputBuffer }), output: () => text }
  }
  const lines = async (): Promise<unknown[]> =>
    (await scratch.query('SELECT line FROM logs')).map(({ line }) => line)
  const logged = ['semicolon', 'done; 1', ':name 100%', 'done; 2']

  it('go up and down in one history with the other kinds', async () => {
    const folder = folderWith(files(db.name))
    const { config } = open(folder)
    for (let time = 0; time < 2; time++) {
      await upgrade(config, 'head')
      expect(await lines()).toEqual(logged)
      expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
        { version_num: 'e5' },
      ])
      await downgrade(config, 'base')
      await expect(scratch.query('SELECT 1 FROM items')).rejects.toThrow()
    }
  })

  it('are written into a script, of which the statements do the same', async () => {
    const folder = folderWith(files(db.name))
    const { config, output } = open(folder)
    await upgrade(config, 'b2', { sql: true })
    const { up } = LOGGING[db.name]
    if (db.name !== 'mariadb')
      for (const each of up.split(/;\n(?=CREATE)|;$/)) expect(output()).toContain(each)
    else
      expect(output()).toContain(
        'DELIMITER //\nCREATE TRIGGER log AFTER INSERT ON items FOR EACH ROW\nBEGIN\n',
      )
    // As a revision, the script runs through the splitter.
    const again = folderWith({
      'versions/s.sql': `-- revision: s1\n-- down revision: none\n-- upgrade\n${output()
        .replaceAll(/^(BEGIN|COMMIT);$/gm, '')
        .replaceAll('alembic_version', 'other_version')}`,
    })
    await upgrade(open(again).config, 'head')
    await scratch.query("INSERT INTO items VALUES (1, 'a;b')")
    await scratch.query("INSERT INTO items VALUES (2, 'b')")
    expect(await lines()).toEqual(logged)
  })

  it('tell where a statement stands that fails', async () => {
    const folder = folderWith({
      'versions/a.sql': `-- revision: f1
-- down revision: s1
-- upgrade
SELECT 1;

-- the next one
SELECT *
FROM nowhere_at_all;
`,
      'versions/s.sql': `-- revision: s1\n-- down revision: none\n-- upgrade\n`,
    })
    const path = join(folder, 'versions/a.sql')
    await expect(upgrade(open(folder).config, 'head')).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
      message: expect.stringMatching(
        /nowhere_at_all.* \[SQL: SELECT \* FROM nowhere_at_all\] \(.*a\.sql:7\)$/,
      ) as unknown,
      sql: 'SELECT *\nFROM nowhere_at_all',
      cause: expect.any(Error) as unknown,
    })
    expect(path).toMatch(/^\//)
    await expect(downgrade(open(folder).config, 'base')).rejects.toThrow(
      "s.sql has no section '-- downgrade', so that it can not be undone",
    )
    expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 's1' },
    ])
  })
})

describeEachDatabase('a section without a transaction', (db) => {
  let scratch: ScratchDatabase
  beforeAll(async () => {
    scratch = await db.createScratch()
  })
  afterAll(() => scratch.dispose())

  const STATEMENT = {
    postgresql: 'CREATE INDEX CONCURRENTLY ix ON t (a)',
    sqlite: 'VACUUM',
    mariadb: 'CREATE INDEX ix ON t (a)',
  }[db.name]
  const project = (marker: string): Config => {
    const scriptLocation = folderWith({
      'versions/a.sql': `-- revision: a1\n-- down revision: none\n-- upgrade\nCREATE TABLE t (a INT);`,
      'versions/b.sql': `-- revision: b2\n-- down revision: a1\n-- upgrade\n${marker}${STATEMENT};\nINSERT INTO t VALUES (1);`,
    })
    return new Config({ settings: { url: scratch.url, scriptLocation } })
  }

  it('runs what can not run in one', async () => {
    if (db.name === 'sqlite')
      await expect(upgrade(project(''), 'head')).rejects.toThrow(/transaction.*b\.sql:4\)$/)
    await upgrade(project('-- transaction: off\n'), 'head')
    expect(await scratch.query('SELECT a FROM t')).toEqual([{ a: 1 }])
  })
})
