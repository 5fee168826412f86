import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { ColumnExpression } from '../elements/column-expression.ts'
import { OrderModifier, type SqlExpression } from '../elements/expression.ts'
import { joinName, nameParts, type NameLike } from '../elements/identifier.ts'
import { callable, type Callable } from '../types/callable.ts'
import { isPlainObject, splitOptions, type DialectOptions } from './dialect-options.ts'
import type { OwnerColumn, OwnerTable } from './owner.ts'

/** Options of an index that every database understands. */
export interface IndexOptions {
  readonly unique?: boolean | null
  readonly quote?: boolean | null
  readonly info?: Record<string, unknown>
}

/** Index options of single dialects; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectIndexOptions {}

/** One element of an index: a column by key, or an expression. */
export type IndexElement = string | SqlExpression

class IndexClass {
  static {
    brand(this, 'Index')
  }

  readonly kind = 'index'
  name: string | null
  readonly nameIsFinal: boolean
  readonly quote: boolean | null
  readonly unique: boolean
  readonly expressions: readonly IndexElement[]
  readonly info: Record<string, unknown>
  readonly dialectOptions: DialectOptions
  table: OwnerTable | null = null
  /** Made by the table because a column says `index: true`. */
  implicit = false

  constructor(
    name: NameLike | null,
    ...rest: readonly (IndexElement | (IndexOptions & DialectIndexOptions))[]
  ) {
    const options = rest.find((item) => isPlainObject(item)) ?? {}
    const target = { kind: 'index', label: `Index '${name?.toString() ?? ''}'` } as const
    const { own, dialects } = splitOptions(target, options as object, ['unique', 'quote', 'info'])
    const given = own as IndexOptions
    const parts = name === null ? null : nameParts(name)
    this.name = parts?.text ?? null
    this.nameIsFinal = parts?.isFinal ?? false
    this.quote = parts?.quote ?? given.quote ?? null
    this.unique = given.unique ?? false
    this.info = given.info ?? {}
    this.expressions = rest.filter((item): item is IndexElement => !isPlainObject(item))
    this.dialectOptions = dialects
  }

  /** The elements with column keys looked up in the table. */
  get elements(): readonly SqlExpression[] {
    return this.expressions.map((element) => {
      if (typeof element !== 'string') return element
      const column = this.table?.findColumn(element)
      if (column !== undefined) return column
      throw new SchemaError(
        `Can't find column '${element}' on table '${this.table?.name ?? '(none)'}', which index '${this.name ?? ''}' names`,
      )
    })
  }

  /** The plain columns among the elements, orderings taken off. */
  get columns(): readonly ColumnExpression[] {
    const columns: ColumnExpression[] = []
    for (let element of this.elements) {
      while (element instanceof OrderModifier) element = element.of
      if (element instanceof ColumnExpression) columns.push(element)
    }
    return columns
  }

  /** A copy that belongs to no table; columns become their keys. */
  copy(): IndexClass {
    const expressions = this.expressions.map((element) =>
      element instanceof ColumnExpression
        ? ((element as OwnerColumn).key ?? element.name)
        : element,
    )
    const name = this.name === null ? null : joinName(this.name, this.quote, this.nameIsFinal)
    const options = { unique: this.unique, info: this.info, ...this.dialectOptions }
    const copy = new IndexClass(name, ...expressions, options)
    copy.implicit = this.implicit
    return copy
  }
}

/**
 * An index.
 *
 * @example
 * sa.Index('ix_cars_model', 'model', { unique: true })
 */
export const Index: Callable<typeof IndexClass> = callable(IndexClass)
export type Index = IndexClass
