import { FinalName, type NameLike } from '../sql/elements/identifier.ts'
import { layLines } from './layout.ts'
import { stringLiteral } from './literal.ts'
import type { RenderContext, RenderItemType, RenderScope } from './render-context.ts'
import { call, type ObjectSource, type Source, type StatementSource } from './source.ts'

const PACKAGE = 'alembic-ts'
const BATCH_ARGUMENT = 'batchOp'

/**
 * Collects the statements of an `upgrade()` or `downgrade()` and the names that they need.
 *
 * @example
 * writer.statement(call(writer.directive('dropTable'), stringLiteral('cars')))
 */
export class SourceWriter implements RenderScope {
  readonly context: RenderContext
  readonly #packageNames = new Set<string>()
  #lines: (StatementSource | string)[] = []
  #inBatch = false

  constructor(context: RenderContext) {
    this.context = context
  }

  /** Whether the statements go into a `batchAlterTable()` block, where the table is not said again. */
  get inBatch(): boolean {
    return this.#inBatch
  }

  /** Adds a statement that is awaited. */
  statement(expression: Source): void {
    this.#lines.push({ prefix: 'await ', expression })
  }

  /** Adds lines of code or comment as they are. */
  text(text: string): void {
    this.#lines.push(...text.split('\n'))
  }

  /** Puts what `body` writes into a batch block; writes none where that is nothing. */
  batch(table: NameLike, options: ObjectSource, body: () => void): void {
    const outer = this.#lines
    this.#lines = []
    this.#inBatch = true
    body()
    const statements = this.#lines
    this.#lines = outer
    this.#inBatch = false
    if (statements.length === 0) return
    const block = { kind: 'block', head: `async (${BATCH_ARGUMENT}) =>`, statements } as const
    const given = options.entries.length > 0 ? [options] : []
    const args = [stringLiteral(table.toString()), ...given, block]
    this.statement(call(this.directive('batchAlterTable'), ...args))
  }

  directive(name: string): string {
    if (this.#inBatch) return `${BATCH_ARGUMENT}.${name}`
    return this.#prefixed(this.context.opts.alembicModulePrefix, 'op.', name)
  }

  sa(name: string): string {
    return this.#prefixed(this.context.opts.sqlalchemyModulePrefix, 'sa.', name)
  }

  #prefixed(given: string | null | undefined, usual: string, name: string): string {
    const prefix = given === undefined ? usual : (given ?? '')
    if (prefix === usual) this.#packageNames.add(usual.slice(0, -1))
    return prefix + name
  }

  /** The table's name as an argument; in a batch block there is none. */
  tableArgument(name: NameLike): Source[] {
    return this.#inBatch ? [] : [stringLiteral(name.toString())]
  }

  /** The schema as an option; in a batch block there is none. */
  schemaOption(schema: NameLike | null): Source | undefined {
    return this.#inBatch || schema === null ? undefined : stringLiteral(schema.toString())
  }

  name(name: NameLike | null | undefined): Source {
    if (name === null || name === undefined) return 'null'
    const text = stringLiteral(name.toString())
    return name instanceof FinalName ? call(this.directive('f'), text) : text
  }

  userSource(type: RenderItemType, object: unknown): string | null | undefined {
    const rendered = this.context.opts.renderItem?.(type, object, this.context)
    return rendered === false ? undefined : rendered
  }

  /** The statements as text, each line indented by `depth` levels of two spaces. */
  toSource(depth: number): string {
    return layLines(this.#lines, depth)
  }

  /** The import statements that the source needs, sorted. */
  importStatements(): string[] {
    const names = [...this.#packageNames].toSorted()
    const own = names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${PACKAGE}'`]
    return [...own, ...this.context.imports].toSorted()
  }
}
