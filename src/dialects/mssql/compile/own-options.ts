import type { Column } from '../../../sql/schema/column.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type {
  MssqlColumnOptions,
  MssqlConstraintOptions,
  MssqlIndexOptions,
} from '../types/dialect-options.ts'

/** The options of an index that are this database's own. */
export function indexOptions(index: Index): MssqlIndexOptions {
  return index.dialectOptions['mssql'] ?? {}
}

/** The options of a column that are this database's own. */
export function columnOptions(column: Column): MssqlColumnOptions {
  return column.dialectOptions['mssql'] ?? {}
}

/** The options of a constraint that are this database's own. */
export function constraintOptions(constraint: Constraint): MssqlConstraintOptions {
  return constraint.dialectOptions['mssql'] ?? {}
}
