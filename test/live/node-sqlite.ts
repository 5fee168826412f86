/** What the tests use of a `DatabaseSync`; @types/node of Node 20 doesn't know it. */
export interface NodeSqliteDatabase {
  readonly isOpen: boolean
  readonly isTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): {
    all(...values: unknown[]): Record<string, unknown>[]
    run(...values: unknown[]): { readonly changes: number }
  }
  close(): void
}

export interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => NodeSqliteDatabase
}

/** Node's own SQLite as far as the driver can use it, from 22.16 on. */
export function nodeSqlite(): NodeSqlite | undefined {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 16)) return undefined
  return process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite
}
