import { brand } from '../../util/brand.ts'
import { SqlExpression } from './expression.ts'

/** The table that a column reference stands under when it is written with its table. */
export interface TableReference {
  readonly name: string
  readonly quote: boolean | null
  readonly schema: string | null
  /** Forces or forbids quoting of the schema. */
  readonly quoteSchema?: boolean | null | undefined
}

/** A reference to a column. */
export abstract class ColumnExpression extends SqlExpression {
  static {
    brand(this, 'ColumnExpression')
  }

  override readonly kind = 'column'
  abstract readonly name: string
  abstract readonly quote: boolean | null
  abstract readonly table: TableReference | null
}
