import type { DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'

/** What the compilers of MySQL and MariaDB know beside the common traits. */
export interface MysqlTraits extends DialectTraits {
  /** The server is MariaDB, by whichever dialect name it is spoken to. */
  readonly isMariadb: boolean
  /** `DEFAULT (expression)`: MySQL 8.0.13, MariaDB 10.2.1. Scripts, whose server is not known, go without. */
  readonly supportsDefaultExpressions: boolean
  /** `CAST(x AS FLOAT)`: MySQL 8.0.17, MariaDB 10.4.5. */
  readonly supportsFloatCast: boolean
  /** Reflection repeats what SQLAlchemy misses of a table's definition; for comparing with it. Default `false`. */
  readonly reflectsAsReference: boolean
}

/** Dialect settings with the flags of this family. */
export interface MysqlSettings extends DialectSettings {
  readonly flags?: Partial<Omit<MysqlTraits, 'name'>>
}
