import type { Connection } from '../../../engine/connection.ts'
import type { WrittenPair } from '../../../impl/check-comparison.ts'
import type { Detections } from '../../../impl/detections.ts'
import type { DefinitionPair, TableDefinitions } from '../../../impl/table-definitions.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { OwnerTable } from '../../../sql/schema/owner.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { MysqlIndexOptions } from '../compile/options.ts'
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

  /** Asks for what the texts alone don't tell: one temporary table for each table with such. */
  async prepare(
    connection: Connection,
    tables: readonly TableDefinitions[],
    detect: Required<Detections>,
  ): Promise<void> {
    for (const { inspected, indexes, checks, computed } of tables) {
      const pairs = [
        ...(detect.indexOptions ? indexes.map((pair) => this.#indexPair(pair)) : []),
        ...(detect.checkExpressions ? checks.map((pair) => this.#checkPair(pair)) : []),
        ...(detect.computedExpressions ? computed.map((pair) => this.#computedPair(pair)) : []),
      ]
      const open = pairs.filter((pair) => pair !== null).filter((pair) => !isSameText(pair))
      if (open.length > 0) await this.#ask(connection, inspected, open.flat())
    }
  }

  async #ask(
    connection: Connection,
    table: TableClass,
    definitions: readonly ScratchDefinition[],
  ): Promise<void> {
    const { preparer } = this.#dialect
    const columns = table.columns.map(({ name }) => preparer.quoteAlways(name))
    const open = new Map(definitions.map((one) => [keyOf(table, one), one]))
    const from = preparer.formatTable(table)
    const answers = await readScratchDefinitions(connection, from, columns, [...open.values()])
    for (const [at, key] of [...open.keys()].entries()) this.#answers.set(key, answers[at] ?? null)
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
    if (isSameText(pair)) return { there: pair[0].sql, wanted: pair[0].sql }
    const [there = null, wanted = null] = pair.map((one) => this.#answers.get(keyOf(table, one)))
    return there === null || wanted === null ? null : { there, wanted }
  }

  /** FULLTEXT and SPATIAL indexes have no options that a plain one has, and no place in a temporary table. */
  #indexPair({ inspected, metadata }: DefinitionPair<Index>): Asked | null {
    if (inspected.table === null || metadata.table === null) return null
    if ([inspected, metadata].some((index) => this.#optionsOf(index).prefix)) return null
    const wanted = this.#optionsOf(metadata)
    const definition = (index: Index): ScratchDefinition => {
      const { length, comment, ignored, invisible } = this.#optionsOf(index)
      // A comment, or that an index is not used, may be an administrator's: the models need not say it.
      const options = {
        ...(length ? { length } : {}),
        ...(wanted.comment ? { comment } : {}),
        ...(wanted.ignored ? { ignored } : {}),
        ...(wanted.invisible ? { invisible } : {}),
      }
      return { kind: 'index', sql: this.#indexSql(index, options) }
    }
    return [definition(inspected), definition(metadata)]
  }

  #optionsOf(index: Index): MysqlIndexOptions {
    return index.dialectOptions[this.#dialect.name] ?? {}
  }

  /** What stands behind the table in CREATE INDEX. */
  #indexSql(index: Index, options: MysqlIndexOptions): string {
    const { ddl, preparer, name } = this.#dialect
    const { table } = index
    const copy = Object.assign(index.copy(), { table, dialectOptions: { [name]: options } })
    const sql = ddl.compile({ kind: 'createIndex', index: copy, ifNotExists: false })
    const target = table === null ? '' : ` ON ${preparer.formatTable(table)} `
    return sql.slice(sql.indexOf(target) + target.length)
  }

  #checkPair({ inspected, metadata }: DefinitionPair<CheckConstraint>): Asked {
    const { constraints } = this.#dialect.ddl
    const definition = (check: CheckConstraint): ScratchDefinition => ({
      kind: 'check',
      sql: constraints.checkCondition(check),
    })
    return [definition(inspected), definition(metadata)]
  }

  #computedPair({ inspected, metadata }: DefinitionPair<Column>): Asked | null {
    const { sql, types } = this.#dialect
    const [there, wanted] = [inspected.computed, metadata.computed]
    if (there === null || wanted === null || inspected.type.affinity === 'Null') return null
    const type = types.compile(inspected.type)
    const definition = (text: string): ScratchDefinition => ({ kind: 'computed', sql: text, type })
    return [
      definition(sql.compileForDdl(there.sqltext)),
      definition(sql.compileForDdl(wanted.sqltext)),
    ]
  }
}

function keyOf(table: OwnerTable, definition: ScratchDefinition): string {
  return JSON.stringify([table.schema, table.name, definition])
}

/** Whether both say the same but for blanks, quotes of names and case; literals settle nothing. */
function isSameText(pair: Asked): boolean {
  const [there, wanted] = pair.map(({ sql }) => sql)
  if (there === wanted) return true
  const plain = (sql = ''): string | null =>
    /['"]/.test(sql) ? null : sql.replaceAll(/[`\s]/g, '').toLowerCase()
  return plain(there) !== null && plain(there) === plain(wanted)
}
