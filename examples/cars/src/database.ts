import type { sa } from 'alembic-ts'
import SQLite from 'better-sqlite3'
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect, type Dialect } from 'kysely'
import { createPool } from 'mysql2'
import pg from 'pg'
import type * as models from './models.ts'

export type Database = sa.InferDatabase<typeof models>

/** The caller calls `destroy()`. */
export function openDatabase(url: string): Kysely<Database> {
  return new Kysely({ dialect: dialectOf(url) })
}

function dialectOf(url: string): Dialect {
  const scheme = new URL(url).protocol
  switch (scheme) {
    case 'sqlite:':
      return new SqliteDialect({ database: new SQLite(url.slice('sqlite:///'.length)) })
    case 'postgresql:':
      return new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) })
    case 'mysql:':
    case 'mariadb:':
      return new MysqlDialect({ pool: createPool(url.replace(scheme, 'mysql:')) })
    default:
      throw new Error(`No database for ${scheme}//; use sqlite, postgresql, mysql or mariadb`)
  }
}
