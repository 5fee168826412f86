import type { Connection } from '../../../engine/connection.ts'
import type { WrittenPair } from '../../../impl/check-comparison.ts'
import type { Detections } from '../../../impl/detections.ts'
import type { DefinitionPair, TableDefinitions } from '../../../impl/table-definitions.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { OwnerTable } from '../../../sql/schema/owner.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import { indexOptions } from '../compile/own-options.ts'
import { readScratchDefinitions, type ScratchDefinition } from '../inspect/scratch-definitions.ts'

type Asked = readonly [there: ScratchDefinition, wanted: ScratchDefinition]

/** Asks the server how it writes indexes, CHECKs and formulas, so that both sides can be compared as text. */
export class DefinitionAnswers {
  readonly #dialect: Dialect
  /** By table and definition; `null` for what the server refuses. */
  readonly #answers = new Map<string, string | null>()

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  /** Asks for everything that the texts alone don't tell, in one statement. */
  async prepare(
    connection: Connection,
    tables: readonly TableDefinitions[],
    detect: Required<Detections>,
  ): Promise<void> {
    const open = tables.flatMap((table) => {
      const { indexes, checks, computed, inspected } = table
      const definitions = new Map<string, ScratchDefinition>()
      const pairs = [
        ...(detect.indexOptions ? indexes.map((pair) => this.#indexPair(pair)) : []),
        ...(detect.checkExpressions ? checks.map((pair) => this.#checkPair(pair)) : []),
        ...(detect.computedExpressions ? computed.map((pair) => this.#computedPair(pair)) : []),
      ]
      for (const pair of pairs) {
        if (pair === null || pair[0].sql === pair[1].sql) continue
        for (const one of pair) definitions.set(keyOf(inspected, one), one)
      }
      return definitions.size === 0 ? [] : [{ inspected, definitions }]
    })
    const answers = await readScratchDefinitions(
      connection,
      open.map(({ inspected, definitions }) => ({
        table: this.#qualified(inspected.schema, inspected.name),
        definitions: [...definitions.values()],
      })),
    )
    for (const [table, { definitions }] of open.entries()) {
      for (const [at, key] of [...definitions.keys()].entries()) {
        this.#answers.set(key, answers[table]?.[at] ?? null)
      }
    }
  }

  /** `null` where they were not asked for, or the server refused one of them. */
  indexes(pair: DefinitionPair<Index>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#indexPair(pair))
  }

  checks(pair: DefinitionPair<CheckConstraint>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#checkPair(pair))
  }

  computed(pair: DefinitionPair<Column>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#computedPair(pair))
  }

  #written(table: OwnerTable | null, pair: Asked | null): WrittenPair | null {
    if (table === null || pair === null) return null
    if (pair[0].sql === pair[1].sql) return { there: pair[0].sql, wanted: pair[0].sql }
    const [there = null, wanted = null] = pair.map((one) => this.#answers.get(keyOf(table, one)))
    return there === null || wanted === null ? null : { there, wanted }
  }

  #indexPair({ inspected, metadata }: DefinitionPair<Index>): Asked | null {
    const { name, table } = inspected
    if (name === null || table === null || (isPlain(inspected) && isPlain(metadata))) return null
    const { ddl, preparer } = this.#dialect
    const sql = ddl.compile({ kind: 'createIndex', index: metadata, ifNotExists: false })
    const target = metadata.table === null ? '' : ` ON ${preparer.formatTable(metadata.table)} `
    const definition = sql.slice(sql.indexOf(target) + target.length)
    return [
      { kind: 'existingIndex', sql: this.#qualified(table.schema, name) },
      { kind: 'index', sql: definition },
    ]
  }

  #checkPair({ inspected, metadata }: DefinitionPair<CheckConstraint>): Asked {
    const { constraints } = this.#dialect.ddl
    const definition = (check: CheckConstraint): ScratchDefinition => ({
      kind: 'check',
      sql: `CHECK (${constraints.checkCondition(check)})`,
    })
    return [definition(inspected), definition(metadata)]
  }

  #computedPair({ inspected, metadata }: DefinitionPair<Column>): Asked | null {
    const { sql, types } = this.#dialect
    if (inspected.computed === null || metadata.computed === null) return null
    if (inspected.type.affinity === 'Null') return null
    const type = types.compile(inspected.type)
    const [there, wanted] = [inspected.computed, metadata.computed].map(({ sqltext }) => ({
      kind: 'computed' as const,
      sql: sql.compileForDdl(sqltext),
      type,
    }))
    return there === undefined || wanted === undefined ? null : [there, wanted]
  }

  #qualified(schema: string | null, name: string): string {
    const { preparer, traits } = this.#dialect
    return [schema ?? traits.defaultSchemaName ?? 'public', name]
      .map((part) => preparer.quoteAlways(part))
      .join('.')
  }
}

function keyOf(table: OwnerTable, definition: ScratchDefinition): string {
  return JSON.stringify([table.schema, table.name, definition])
}

/** Columns in their usual order and no options: there is nothing that the server could write differently. */
function isPlain(index: Index): boolean {
  const { concurrently: _concurrently, tablespace: _tablespace, ...options } = indexOptions(index)
  const isSaid = Object.values(options).some(
    (value) =>
      value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return !isSaid && index.elements.every((element) => element instanceof ColumnExpression)
}
