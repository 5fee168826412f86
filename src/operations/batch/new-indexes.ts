import { OperationError } from '../../errors/operation-error.ts'
import { ColumnExpression } from '../../sql/elements/column-expression.ts'
import { OrderModifier, TextClause, type SqlExpression } from '../../sql/elements/expression.ts'
import { joinName } from '../../sql/elements/identifier.ts'
import { ColumnClause } from '../../sql/elements/table-clause.ts'
import type { Column } from '../../sql/schema/column.ts'
import { isPlainObject, type DialectOptions } from '../../sql/schema/dialect-options.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { Index, type IndexElement } from '../../sql/schema/table-index.ts'
import type { ColumnNames } from './column-names.ts'
import type { TableStructure } from './table-structure.ts'

/** The indexes of a table that was made anew. */
export interface NewTableIndexes {
  /** Those that the old table had. */
  readonly kept: readonly Index[]
  readonly added: readonly Index[]
}

/** Makes the indexes of the structure that a batch left, on the new table under the name that it ends up with. */
export function buildIndexes(
  structure: TableStructure,
  names: ColumnNames,
  newTable: TableClass,
): NewTableIndexes {
  const { table, indexes, newIndexes } = structure
  const final = newTable.toMetadata(new MetaData(), { name: table.name })
  // A script leaves out those that columns ask for, as in the reference.
  const kept = [...indexes.values()].filter(({ implicit }) => structure.live || !implicit)
  const build = (index: Index): Index =>
    new IndexBuilder(index, final, names, structure.live).build()
  return { kept: kept.map(build), added: [...newIndexes.values()].map(build) }
}

class IndexBuilder {
  readonly #index: Index
  readonly #table: TableClass
  readonly #names: ColumnNames
  readonly #live: boolean

  constructor(index: Index, table: TableClass, names: ColumnNames, live: boolean) {
    this.#index = index
    this.#table = table
    this.#names = names
    this.#live = live
  }

  build(): Index {
    const resolved = resolveName(this.#index)
    const name =
      resolved === null ? null : joinName(resolved.text, resolved.quote, resolved.truncatable)
    const elements = this.#index.elements.map((element) => this.#element(element))
    const built = new Index(name, ...elements, { unique: this.#index.unique, ...this.#options() })
    this.#table.appendIndex(built)
    return built
  }

  #element(element: SqlExpression): IndexElement {
    if (element instanceof OrderModifier) {
      const of = this.#element(element.of)
      const ordered = typeof of === 'string' ? this.#table.findColumn(of) : of
      return ordered === undefined ? of : new OrderModifier(element.modifier, ordered)
    }
    if (!(element instanceof ColumnExpression)) return this.#expression(element)
    const key = this.#names.keyOf((element as Column).key ?? element.name)
    if (key !== undefined) return key
    if (this.#live) return this.#refuse(element.name)
    // As in the reference; the server will refuse it.
    return new ColumnClause(joinName(element.name, element.quote, false))
  }

  #expression(expression: SqlExpression): SqlExpression {
    const [dropped] = this.#names.mentioned(expression).dropped
    return dropped === undefined ? this.#names.rewrite(expression) : this.#refuse(dropped)
  }

  #refuse(column: string): never {
    throw new OperationError(
      `Index '${this.#index.name ?? ''}' is on column '${column}', which the batch drops; drop the index, too`,
    )
  }

  #options(): DialectOptions {
    const all = Object.entries(this.#index.dialectOptions)
    return Object.fromEntries(
      all.map(([dialect, ofDialect = {}]) => {
        const options = Object.entries(ofDialect)
        return [dialect, Object.fromEntries(options.map(([key, it]) => [key, this.#option(it)]))]
      }),
    )
  }

  /** Conditions name columns, and so do the keys of options by column. */
  #option(value: unknown): unknown {
    if (value instanceof TextClause) return this.#expression(value)
    if (!isPlainObject(value)) return value
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([key, item]) => [this.#names.renamed(key), item]))
  }
}
