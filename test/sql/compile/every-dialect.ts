import '../../../src/dialects/builtin.ts'
import { loadDialect } from '../../../src/engine/registry.ts'

const NAMES = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'mssql',
  'oracle',
  'firebird',
  'db2',
  'informix',
  'sybase',
] as const

export type DialectName = (typeof NAMES)[number]

/** What single dialects do; `null` where they refuse. */
export type ByDialect = Readonly<Partial<Record<DialectName, string | null>>>

/** Every dialect, as scripts are written for it: nothing is known of a server. */
export const DIALECTS = await Promise.all(
  NAMES.map(async (name) => ({ name, dialect: (await loadDialect(name)).createDialect() })),
)

/** What a dialect does, where most do `most`. */
export function sqlFor(name: DialectName, most: string | null, others: ByDialect): string | null {
  return others[name] === undefined ? most : others[name]
}
