import type {
  ReflectedColumn,
  ReflectedEnumUse,
  ReflectedSequence,
  ReflectedTable,
} from '../../../engine/reflected.ts'
import {
  ComparisonImpl,
  type ColumnPair,
  type DefaultPair,
  type IdentityDifference,
} from '../../../impl/comparison.ts'
import { DefinitionAnswers } from '../../../impl/definition-answers.ts'
import { differentBecause, type ComparisonResult } from '../../../impl/comparison-result.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import { Identity } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { getLogger } from '../../../util/logging.ts'
import { ArrayType } from '../../../sql/types/array.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import { typeInSchema } from '../compile/named-types.ts'
import { readEnumsInUse } from '../inspect/enums-in-use.ts'
import { readFreeSequences } from '../inspect/free-sequences.ts'
import type { ExistingIndex } from '../inspect/scratch-definitions.ts'
import {
  readScratchColumns,
  type CanonicalColumn,
  type ScratchColumn,
} from '../inspect/scratch-columns.ts'
import { DomainType } from '../types/domain.ts'
import { isSameDefaultText } from './default-comparison.ts'
import { PostgresqlDefinitions } from './definition-comparison.ts'
import { optionsToReset } from './identity-options.ts'
import { compareElements } from './index-comparison.ts'

const log = getLogger('alembic.ddl.postgresql')
const NEXTVAL = /^nextval\('(.+?)'::regclass\)/

/** How PostgreSQL tells whether models and database are alike. */
export class PostgresqlComparison extends ComparisonImpl {
  /** How the server writes columns; `null` for what it refuses. */
  readonly #answers = new Map<string, CanonicalColumn | null>()
  protected override readonly definitions: DefinitionAnswers<ExistingIndex> = new DefinitionAnswers(
    this.dialect,
    new PostgresqlDefinitions(this.dialect),
  )

  protected override get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [...super.typeSynonyms, new Set(['float', 'double precision'])]
  }

  /** "cannot alter type of a column used by a generated column" (PostgreSQL 15, ALTER TABLE). */
  override get computedPinsSources(): boolean {
    return true
  }

  override async readEnumTypes(): Promise<readonly ReflectedEnumUse[]> {
    return await readEnumsInUse(this.connection)
  }

  override enumTypesOf(type: Column['type'], schema: string | null): readonly EnumType[] {
    const { types } = this.dialect
    let inner = typeInSchema(types, type, schema)
    while (inner instanceof ArrayType) inner = types.resolve(inner.itemType)
    // A domain is not created by its columns, but keeps the type below it in use.
    if (inner instanceof DomainType) {
      const base = this.enumTypesOf(inner.dataType, null)
      return base.map((found) => Object.assign(found.clone(), { createType: false }))
    }
    if (!(inner instanceof EnumType) || !inner.nativeEnum) return []
    // One without a name is refused where it is created.
    return inner.name === null || inner.name === '' ? [] : [inner]
  }

  override async readSequences(schema: string | null): Promise<readonly ReflectedSequence[]> {
    return await readFreeSequences(this.connection, schema)
  }

  /** A SERIAL column: a model says `Integer` of it, and nothing of the sequence. */
  override autogenColumnReflect(table: ReflectedTable, column: ReflectedColumn): ReflectedColumn {
    // Of a SMALLSERIAL the default stays, as in the reference.
    const { typeName } = column.type
    if (column.default === null || (typeName !== 'INTEGER' && typeName !== 'BIGINT')) return column
    const sequence = NEXTVAL.exec(column.default)?.[1]
    if (sequence === undefined) return column
    const owned = column.ownedSequence
    if (owned === undefined || owned !== unqualified(sequence)) return column
    log.info(
      `Detected sequence named '${owned}' as owned by integer column '${table.name}(${column.name})', assuming SERIAL and omitting`,
    )
    return { ...column, default: null }
  }

  /** With the schema that a named type takes from its table. */
  protected override columnTypeSql({ type, table }: Pick<Column, 'type' | 'table'>): string {
    return this.typeSql(typeInSchema(this.dialect.types, type, table?.schema ?? null))
  }

  override async prepareTypes(pairs: readonly ColumnPair[]): Promise<void> {
    const open = pairs.filter(({ inspected, metadata }) => super.compareType(inspected, metadata))
    await this.#ask(
      open.flatMap(({ inspected, metadata }) =>
        [inspected, metadata].map((column) => ({
          type: this.columnTypeSql(column),
          defaultSql: null,
        })),
      ),
    )
  }

  override compareType(inspected: Column, metadata: Column): boolean {
    if (!super.compareType(inspected, metadata)) return false
    const [there, wanted] = [inspected, metadata].map(
      (column) => this.#answer({ type: this.columnTypeSql(column), defaultSql: null })?.type,
    )
    return there === undefined || there !== wanted
  }

  override async prepareServerDefaults(pairs: readonly DefaultPair[]): Promise<void> {
    const open = pairs.filter((pair) => this.#needsServer(pair))
    await this.#ask(open.flatMap((pair) => this.#defaultColumns(pair)))
  }

  override compareServerDefault(pair: DefaultPair): boolean {
    if (!this.#needsServer(pair)) return false
    const [there = null, wanted = null] = this.#defaultColumns(pair).map((column) => {
      const answer = this.#answer(column)
      return answer === null || answer === undefined ? column.defaultSql : answer.defaultSql
    })
    if (there === null || wanted === null) return there !== wanted
    return !isSameDefaultText(there, wanted, pair.inspected.type)
  }

  #answer(column: ScratchColumn): CanonicalColumn | null | undefined {
    return this.#answers.get(keyOf(column))
  }

  /** Asks the server how it writes columns, all together and each once. */
  async #ask(columns: readonly ScratchColumn[]): Promise<void> {
    const open = new Map(
      columns
        .filter((column) => this.#answer(column) === undefined)
        .map((column) => [keyOf(column), column]),
    )
    const answers = await readScratchColumns(this.connection, [...open.values()])
    for (const [at, key] of [...open.keys()].entries()) this.#answers.set(key, answers[at] ?? null)
  }

  /** Whether texts alone don't tell. */
  #needsServer(pair: DefaultPair): boolean {
    const { inspectedDefault, metadataDefault } = pair
    if (isNumbering(pair) || inspectedDefault === metadataDefault) return false
    if (inspectedDefault?.replace('::regclass', '') === metadataDefault) return false
    const [there, wanted] = this.#defaultColumns(pair).map(({ defaultSql }) => defaultSql)
    if (typeof there !== 'string' || typeof wanted !== 'string') return true
    return !isSameDefaultText(there, wanted, pair.inspected.type)
  }

  /** Both defaults, for a column of the type that the database has. */
  #defaultColumns({ inspected, metadata, inspectedDefault }: DefaultPair): ScratchColumn[] {
    const { serverDefault } = metadata
    const type = this.typeSql(inspected.type)
    const wanted = this.dialect.columns.defaultText(serverDefault, metadata.type)
    return [inspectedDefault, wanted].map((defaultSql) => ({ type, defaultSql }))
  }

  /** What the model leaves open counts as the server's default, as with sequences. */
  override compareIdentity(
    metadata: Identity | null,
    inspected: Identity | null,
    inspectedColumn: Column,
  ): IdentityDifference {
    const known = super.compareIdentity(metadata, inspected, inspectedColumn)
    if (metadata === null || inspected === null || !this.detect.sequences) return known
    const resets = optionsToReset(metadata, inspected)
    if (Object.keys(resets).length === 0) return known
    const { always, onNull, options: given, dialectOptions } = metadata
    const wanted = new Identity({ always, onNull, ...given, ...dialectOptions, ...resets })
    const options = [...known.options, ...Object.keys(resets)].toSorted()
    return { isDifferent: true, options, wanted }
  }

  override compareIndexes(metadata: Index, reflected: Index): ComparisonResult {
    const byRule = this.#compareIndexesByRule(metadata, reflected)
    if (!this.detect.indexOptions) return byRule
    return this.compareWrittenIndexes(byRule, metadata, reflected)
  }

  #compareIndexesByRule(metadata: Index, reflected: Index): ComparisonResult {
    const reasons = this.uniqueDifference(metadata, reflected)
    const [wanted, there] = [metadata.elements.length, reflected.elements.length]
    if (wanted !== there) reasons.push(`expression number ${there} to ${wanted}`)
    if (reasons.length > 0) return differentBecause(reasons)
    const { differing, skipped } = compareElements(metadata, reflected, this.dialect.sql)
    if (nullsNotDistinct(metadata) !== nullsNotDistinct(reflected)) {
      differing.push(`options ${optionText(reflected)} to ${optionText(metadata)}`)
    }
    if (differing.length === 0 && skipped.length > 0) return { kind: 'skip', reasons: skipped }
    return differentBecause(differing)
  }

  override compareUniqueConstraints(
    metadata: UniqueConstraint,
    reflected: UniqueConstraint,
  ): ComparisonResult {
    const result = super.compareUniqueConstraints(metadata, reflected)
    if (result.kind !== 'equal' || nullsNotDistinct(metadata) === nullsNotDistinct(reflected)) {
      return result
    }
    return differentBecause([`expression ${optionText(reflected)} to ${optionText(metadata)}`])
  }

  /** `t_pkey`, the table's name cut such that the whole has 63 bytes. */
  override serverMadeKeyName({ name }: TableClass): string {
    let stem = name
    while (Buffer.byteLength(stem) > 58) stem = stem.slice(0, -1)
    return `${stem}_pkey`
  }

  /** `t_a_check`, `t_check`, `t_check1`: the names that the server makes. */
  override isServerMadeCheckName(name: string, table: TableClass): boolean {
    const columns = ['', ...table.columns.map((column) => `${column.name}_`)]
    return columns.some((column) => {
      const stem = `${table.name}_${column}check`
      return name.startsWith(stem) && /^\d*$/.test(name.slice(stem.length))
    })
  }
}

function keyOf({ type, defaultSql }: ScratchColumn): string {
  return JSON.stringify([type, defaultSql])
}

/** `nextval('public."t_id_seq"')` names `t_id_seq`. */
function unqualified(sequence: string): string {
  const last = /(?:^|\.)(?:"((?:[^"]|"")+)"|([^".]+))$/.exec(sequence)
  return last?.[1]?.replaceAll('""', '"') ?? last?.[2] ?? sequence
}

/** Whether the model's column numbers itself: what the database has as its default is the numbering. */
function isNumbering({ metadata }: DefaultPair): boolean {
  const { table } = metadata
  return (
    metadata.primaryKey && table instanceof TableClass && table.autoincrementColumn === metadata
  )
}

function nullsNotDistinct(object: Index | UniqueConstraint): boolean {
  return dialectOption(object.dialectOptions, 'postgresql', 'nullsNotDistinct') === true
}

function optionText(object: Index | UniqueConstraint): string {
  return nullsNotDistinct(object) ? "('nulls_not_distinct',)" : '()'
}
