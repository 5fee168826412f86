import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { ExpressionText } from '../../impl/table-recreation.ts'
import { TextClause, type SqlExpression } from '../../sql/elements/expression.ts'
import { plainSql, verbatimText } from '../../sql/elements/placeholders.ts'
import { namedColumns } from '../../sql/schema/naming.ts'
import type { TableStructure } from './table-structure.ts'

/** What becomes of the names of a table's columns in a batch, in expressions too. */
export class ColumnNames {
  readonly #structure: TableStructure
  /** Expressions are read only where the database wrote them. */
  readonly #text: ExpressionText | null
  readonly #renames: ReadonlyMap<string, string>
  readonly #dropped: readonly string[]

  constructor(impl: MigrationImpl, structure: TableStructure) {
    this.#structure = structure
    this.#text = structure.reflected ? impl.expressionText : null
    const columns = [...structure.columns].filter(([, { isNew }]) => !isNew)
    this.#renames = new Map(
      columns.filter(([key, { name }]) => key !== name).map(([key, { name }]) => [key, name]),
    )
    // One that is dropped and added again is there.
    this.#dropped = this.#existing.filter((name) => !structure.columns.has(name))
  }

  /** New names by old ones, of those that are renamed. */
  get renames(): ReadonlyMap<string, string> {
    return this.#renames
  }

  get #existing(): string[] {
    return this.#structure.table.columns.map(({ name }) => name)
  }

  /** The key under which a column goes on, asked for by its old or its new name; undefined where it is dropped. */
  keyOf(name: string): string | undefined {
    const { columns } = this.#structure
    if (columns.has(name)) return name
    // The reference loses what asks for the new name.
    if (this.#structure.exactlyAsAlembic) return undefined
    return [...columns].find(([, column]) => column.name === name)?.[0]
  }

  /** The new name of a column. */
  renamed(name: string): string {
    return this.#renames.get(name) ?? name
  }

  /** The expression with the new names. */
  rewrite(expression: SqlExpression): SqlExpression {
    if (this.#text === null || !(expression instanceof TextClause)) return expression
    const plain = plainSql(expression)
    const sql = plain ?? expression.text
    const rewritten = this.#text.rename(sql, this.#structure.table.name, this.#renames)
    if (rewritten === sql) return expression
    return plain === null ? new TextClause(rewritten, expression.binds) : verbatimText(rewritten)
  }

  /** The columns that an expression names, as far as it can be read; those that are dropped apart. */
  mentioned(expression: SqlExpression): {
    readonly dropped: readonly string[]
    readonly kept: readonly string[]
  } {
    const names = this.#namesIn(expression)
    const dropped = names.filter((name) => this.#dropped.includes(name))
    return { dropped, kept: names.filter((name) => !dropped.includes(name)) }
  }

  #namesIn(expression: SqlExpression): readonly string[] {
    if (!(expression instanceof TextClause)) return namedColumns(expression).map(({ key }) => key)
    if (this.#text === null) return []
    return this.#text.mentioned(plainSql(expression) ?? expression.text, this.#existing)
  }
}
