import type { sa } from 'alembic-ts'
import SQLite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import pg from 'pg'
import type * as models from './models.ts'

// A birthday has no time zone, so it must not become a JavaScript Date.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** What Kysely knows of the tables, inferred from the models. */
export type Database = sa.InferDatabase<typeof models>

/** `DATABASE_URL`, else PostgreSQL where `PGHOST` is set, else a SQLite file in the current folder. */
export function databaseUrl(): string {
  const { DATABASE_URL, PGHOST } = process.env
  if (DATABASE_URL) return DATABASE_URL
  // An empty URL leaves host, user, password and database to PGHOST, PGUSER, PGPASSWORD and PGDATABASE.
  return PGHOST ? 'postgresql://' : 'sqlite:///dogs.db'
}

/** The database of `databaseUrl()`; the caller calls `destroy()`. */
export function openDatabase(url: string = databaseUrl()): Kysely<Database> {
  if (url.startsWith('sqlite:///')) {
    const database = new SQLite(url.slice('sqlite:///'.length))
    return new Kysely({ dialect: new SqliteDialect({ database }) })
  }
  const pool = new pg.Pool(url === 'postgresql://' ? {} : { connectionString: url })
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}
