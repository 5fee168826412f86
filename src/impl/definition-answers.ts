import type { Connection } from '../engine/connection.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Column } from '../sql/schema/column.ts'
import type { OwnerTable } from '../sql/schema/owner.ts'
import type { Index } from '../sql/schema/table-index.ts'
import type { WrittenPair } from './check-comparison.ts'
import type { Detections } from './detections.ts'
import { packQuestions, type Question, type ScratchItem, type WithSql } from './scratch-items.ts'
import type { DefinitionPair, TableDefinitions } from './table-definitions.ts'

/** SQL whose meaning depends on a table's columns. */
export type ScratchDefinition =
  /** A condition, or what stands behind the table in CREATE INDEX. */
  | { readonly kind: 'check' | 'index'; readonly sql: string }
  /** The expression of a generated column. */
  | { readonly kind: 'computed'; readonly sql: string; readonly type: string }

/** `Own`: what only one dialect asks for. */
type Asked<Own> = ScratchDefinition | Own

/** One thing as the database has it, and as the model wants it. */
export type AskedPair<Own> = readonly [there: Asked<Own>, wanted: Asked<Own>]

/** Things that are to be read as if they stood in tables of the database; none is at odds with another. */
export type ScratchTable<Own> = readonly ScratchItem<Asked<Own>>[]

/** How a dialect asks its server. */
export interface DefinitionServer<Own extends WithSql> {
  /** How many things of a kind a scratch table takes. */
  limitOf(kind: Asked<Own>['kind']): number
  /** `null` where the server could write nothing differently, or has no way to say. */
  indexPair(pair: DefinitionPair<Index>): AskedPair<Own> | null
  /** Whether texts alone show that both are alike. */
  isSameText(there: string, wanted: string): boolean
  /** How the server writes them, by scratch table and position; `null` for what it refuses. */
  read(
    connection: Connection,
    tables: readonly ScratchTable<Own>[],
  ): Promise<readonly (readonly (string | null)[])[]>
}

/** What can be asked of any server's answers. */
export type ServerAnswers = Pick<DefinitionAnswers, 'prepare' | 'indexes' | 'checks' | 'computed'>

/** How a server writes indexes, CHECKs and formulas, so that both sides can be compared as text. */
export class DefinitionAnswers<Own extends WithSql = never> {
  readonly #dialect: Dialect
  readonly #server: DefinitionServer<Own>
  /** By table and definition; `null` for what the server refuses. */
  readonly #answers = new Map<string, string | null>()

  constructor(dialect: Dialect, server: DefinitionServer<Own>) {
    this.#dialect = dialect
    this.#server = server
  }

  /** Asks for everything that the texts alone don't tell, all together. */
  async prepare(
    connection: Connection,
    tables: readonly TableDefinitions[],
    detect: Required<Detections>,
  ): Promise<void> {
    const open = new Map(
      tables.flatMap((table) =>
        [...this.#openDefinitions(table, detect)].map(
          ([key, definition]) => [key, questionOf(table, definition)] as const,
        ),
      ),
    )
    const server = this.#server
    const packed = packQuestions(this.#dialect, [...open.values()], (kind) => server.limitOf(kind))
    const answers = await server.read(connection, packed.tables)
    for (const [question, key] of [...open.keys()].entries()) {
      const [table = 0, at = 0] = packed.places[question] ?? []
      this.#answers.set(key, answers[table]?.[at] ?? null)
    }
  }

  /** What the server is to be asked of one table, each once. */
  #openDefinitions(
    { inspected, indexes, checks, computed }: TableDefinitions,
    detect: Required<Detections>,
  ): ReadonlyMap<string, Asked<Own>> {
    const pairs = [
      ...(detect.indexOptions ? indexes.map((pair) => this.#server.indexPair(pair)) : []),
      ...(detect.checkExpressions ? checks.map((pair) => this.#checkPair(pair)) : []),
      ...(detect.computedExpressions ? computed.map((pair) => this.#computedPair(pair)) : []),
    ]
    const open = pairs.filter((pair) => pair !== null).filter((pair) => !this.#isSameText(pair))
    return new Map(open.flat().map((one) => [keyOf(inspected, one), one]))
  }

  /** `null` where they were not asked for, or the server refused one of them. */
  indexes(pair: DefinitionPair<Index>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#server.indexPair(pair))
  }

  checks(pair: DefinitionPair<CheckConstraint>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#checkPair(pair))
  }

  computed(pair: DefinitionPair<Column>): WrittenPair | null {
    return this.#written(pair.inspected.table, this.#computedPair(pair))
  }

  #written(table: OwnerTable | null, pair: AskedPair<Own> | null): WrittenPair | null {
    if (table === null || pair === null) return null
    if (this.#isSameText(pair)) return { there: pair[0].sql, wanted: pair[0].sql }
    const [there = null, wanted = null] = pair.map((one) => this.#answers.get(keyOf(table, one)))
    return there === null || wanted === null ? null : { there, wanted }
  }

  #isSameText([there, wanted]: AskedPair<Own>): boolean {
    return this.#server.isSameText(there.sql, wanted.sql)
  }

  #checkPair({ inspected, metadata }: DefinitionPair<CheckConstraint>): AskedPair<Own> {
    const { constraints } = this.#dialect.ddl
    const definition = (check: CheckConstraint): ScratchDefinition => ({
      kind: 'check',
      sql: constraints.checkCondition(check),
    })
    return [definition(inspected), definition(metadata)]
  }

  #computedPair({ inspected, metadata }: DefinitionPair<Column>): AskedPair<Own> | null {
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

/** What stands in a CHECK is written anew together with the types of its columns. */
function questionOf<Definition extends WithSql>(
  { inspected: table, retyped }: TableDefinitions,
  definition: Definition,
): Question<Definition> {
  return definition.kind === 'check' ? { table, definition, retyped } : { table, definition }
}

function keyOf(table: OwnerTable, definition: { readonly sql: string }): string {
  return JSON.stringify([table.schema, table.name, definition])
}
