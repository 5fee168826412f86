import type { Constraint } from '../../../sql/schema/constraint.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type {
  PostgresqlConstraintOptions,
  PostgresqlIndexOptions,
  PostgresqlTableOptions,
} from '../types/dialect-options.ts'

/** The options of an index that are this database's own. */
export function indexOptions(index: Index): PostgresqlIndexOptions {
  return index.dialectOptions['postgresql'] ?? {}
}

/** The options of a table that are this database's own. */
export function tableOptions(table: TableClass): PostgresqlTableOptions {
  return table.dialectOptions['postgresql'] ?? {}
}

/** The options of a constraint that are this database's own. */
export function constraintOptions(constraint: Constraint): PostgresqlConstraintOptions {
  return constraint.dialectOptions['postgresql'] ?? {}
}
