import type { Identity } from '../../../sql/schema/server-default.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type {
  OracleIdentityOptions,
  OracleIndexOptions,
  OracleTableOptions,
} from '../types/dialect-options.ts'

/** The options of a table that are this database's own. */
export function tableOptions(table: TableClass): OracleTableOptions {
  return table.dialectOptions['oracle'] ?? {}
}

/** The options of an index that are this database's own. */
export function indexOptions(index: Index): OracleIndexOptions {
  return index.dialectOptions['oracle'] ?? {}
}

/** The options of an identity column that are this database's own. */
export function identityOptions(identity: Identity): OracleIdentityOptions {
  return identity.dialectOptions['oracle'] ?? {}
}
