import {
  ComparisonImpl,
  type ColumnPair,
  type DefaultPair,
  type IndexesAndUniques,
} from '../../../impl/comparison.ts'
import { DefinitionAnswers } from '../../../impl/definition-answers.ts'
import { differentBecause, type ComparisonResult } from '../../../impl/comparison-result.ts'
import { ColumnClass, type Column } from '../../../sql/schema/column.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import type { ServerDefault } from '../../../sql/schema/server-default.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { MysqlIndexOptions } from '../compile/options.ts'
import type { MysqlTraits } from '../compile/traits.ts'
import { MysqlDefinitions } from './definition-comparison.ts'
import { isForForeignKey, isLeftOver, isNamedForForeignKey } from './foreign-key-indexes.ts'
import type {
  ReflectedColumn,
  ReflectedIndex,
  ReflectedSequence,
  ReflectedTable,
} from '../../../engine/reflected.ts'
import { readSequences } from '../inspect/sequences.ts'
import { readScratchColumns } from '../inspect/scratch-columns.ts'
import { MysqlEnumType } from '../types/enumerated.ts'
import { JSON as JsonType } from '../types/server-types.ts'

const ON_UPDATE = /\s+ON\s+UPDATE\s+\S+\s*$/i
const CHARACTERS = / (?:CHARACTER SET|COLLATE) \w+/g

/** How MySQL and MariaDB tell whether models and database are alike. */
export class MysqlComparison extends ComparisonImpl {
  /** How the server writes columns; `null` for what it refuses. */
  readonly #answers = new Map<string, string | null>()
  protected override readonly definitions: DefinitionAnswers = new DefinitionAnswers(
    this.dialect,
    new MysqlDefinitions(this.dialect),
  )

  protected override get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [
      ...super.typeSynonyms,
      new Set(['bool', 'tinyint']),
      // MariaDB's JSON is a LONGTEXT with a CHECK.
      new Set(['json', 'longtext']),
    ]
  }

  protected override get typeClauses(): readonly RegExp[] {
    return [/character set ([\w-]+)/, /collate ([\w-]+)/]
  }

  override async readSequences(
    schema: string | null,
  ): Promise<readonly ReflectedSequence[] | null> {
    if (!this.dialect.traits.supportsSequences) return null
    return await readSequences(this.connection, schema)
  }

  /** What MariaDB was told as JSON and has as LONGTEXT. */
  override autogenColumnReflect(_table: ReflectedTable, column: ReflectedColumn): ReflectedColumn {
    return column.declaredType === 'JSON' ? { ...column, type: JsonType() } : column
  }

  override async prepareTypes(pairs: readonly ColumnPair[]): Promise<void> {
    const open = pairs.filter(({ inspected, metadata }) => this.#differByRule(inspected, metadata))
    await this.#ask(
      open.flatMap(({ inspected, metadata }) => [
        this.typeSql(inspected.type),
        this.typeSql(metadata.type),
      ]),
    )
  }

  override compareType(inspected: Column, metadata: Column): boolean {
    if (!this.#differByRule(inspected, metadata)) return false
    const there = this.#answer(this.typeSql(inspected.type))
    return there === null || there !== this.#answer(this.typeSql(metadata.type))
  }

  /** The rules for texts don't look at the values of an ENUM. */
  override isSameTypeByText(there: TypeEngine, metadata: Column): boolean {
    const isEnum = [there, metadata.type].some((type) => enumValues(type) !== null)
    return isEnum
      ? this.typeSql(there) === this.typeSql(metadata.type)
      : super.isSameTypeByText(there, metadata)
  }

  #differByRule(inspected: Column, metadata: Column): boolean {
    const [there, wanted] = [inspected, metadata].map(({ type }) => enumValues(type))
    if (!there || !wanted) return super.compareType(inspected, metadata)
    return this.detect.enumTypes
      ? there.join('\0') !== wanted.join('\0')
      : !isSameSet(there, wanted)
  }

  override async prepareServerDefaults(pairs: readonly DefaultPair[]): Promise<void> {
    const open = pairs.map((pair) => this.#defaultColumns(pair))
    await this.#ask(open.filter(([there, wanted]) => there !== wanted).flat())
  }

  override compareServerDefault(pair: DefaultPair): boolean {
    const [there, wanted] = this.#defaultColumns(pair)
    if (there === wanted) return false
    const answer = this.#answer(there)
    return answer === null || answer !== this.#answer(wanted)
  }

  /** Both defaults, for a column of the type that the database has. */
  #defaultColumns({ inspected, metadata }: DefaultPair): readonly [string, string] {
    return [
      this.#definition(inspected.type, inspected.serverDefault),
      this.#definition(inspected.type, metadata.serverDefault),
    ]
  }

  /** A column as CREATE TABLE would have it, without its name. */
  #definition(type: TypeEngine, serverDefault: ServerDefault | null): string {
    const column = new ColumnClass('c', type, [], { serverDefault })
    const sql = this.dialect.columns.compile(column).replace(/^c /, '')
    return this.detect.onUpdateDefaults ? sql : sql.replace(ON_UPDATE, '')
  }

  /** How the server writes a column; `null` where it refuses it. */
  #answer(definition: string): string | null {
    const answer = this.#answers.get(definition) ?? null
    return this.detect.collations ? answer : (answer?.replaceAll(CHARACTERS, '') ?? null)
  }

  /** Asks the server how it writes columns, all together. */
  async #ask(definitions: readonly string[]): Promise<void> {
    const open = [...new Set(definitions)].filter((definition) => !this.#answers.has(definition))
    const answers = await readScratchColumns(this.connection, open)
    for (const [at, definition] of open.entries()) {
      this.#answers.set(definition, answers[at] ?? null)
    }
  }

  override compareIndexes(metadata: Index, inspected: Index): ComparisonResult {
    const byRule = super.compareIndexes(metadata, inspected)
    if (!this.detect.indexOptions) return byRule
    const [old, now] = [inspected, metadata].map((index) => this.#indexKind(index))
    if (old !== now) return differentBecause([`prefix ${old} to ${now}`])
    return this.compareWrittenIndexes(byRule, metadata, inspected)
  }

  /** `FULLTEXT`, `SPATIAL` or nothing. */
  #indexKind({ dialectOptions }: Index): string {
    const { prefix } = (dialectOptions[this.dialect.name] ?? {}) as MysqlIndexOptions
    return prefix?.toUpperCase() ?? ''
  }

  /** Every MODIFY writes the column anew. */
  override restatesAutoincrement(inspected: Column): boolean {
    return inspected.autoincrement === true
  }

  override get foreignKeysNeedIndexes(): boolean {
    return true
  }

  /** InnoDB renames `t_ibfk_1`, its own name for a foreign key, with the table (MariaDB 10.11, MySQL 8.0). */
  override foreignKeyNameAfter(
    name: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): string {
    return name.startsWith(`${from}_ibfk_`) ? to + name.slice(from.length) : name
  }

  /** MariaDB keeps them with the column, which each change of it writes anew. */
  override get reflectsColumnChecks(): boolean {
    return !(this.dialect.traits as MysqlTraits).isMariadb
  }

  /** `CONSTRAINT_1` of MariaDB, `t_chk_1` of MySQL; MariaDB calls a column's own CHECK as the column. */
  override isServerMadeCheckName(name: string, table: TableClass): boolean {
    if (/^CONSTRAINT_\d+$/.test(name)) return true
    if (name.startsWith(`${table.name}_chk_`)) return true
    return table.columns.some((column) => column.name === name)
  }

  override isMadeForForeignKey(index: ReflectedIndex, { foreignKeys }: ReflectedTable): boolean {
    if (index.name === null || index.unique) return false
    return isNamedForForeignKey(index.name, index.columnNames, foreignKeys)
  }

  /** The servers make an index for each foreign key that has none, called as the column or as the key. */
  override correctForAutogenConstraints(sides: IndexesAndUniques): void {
    const implicit = new Set<string>()
    for (const index of sides.reflectedIndexes) {
      if (index.name === null || index.unique || !isForForeignKey(index)) continue
      if (this.detect.dependencyOrder && isLeftOver(index, sides)) continue
      sides.reflectedIndexes.delete(index)
      implicit.add(index.name)
    }
    for (const index of sides.metadataIndexes) {
      if (index.name !== null && implicit.has(index.name)) sides.metadataIndexes.delete(index)
    }
  }

  /** RESTRICT is the default, which the catalog does not tell apart from nothing said. */
  override correctForAutogenForeignKeys(
    reflected: readonly ForeignKeyConstraint[],
    metadata: readonly ForeignKeyConstraint[],
  ): readonly ForeignKeyConstraint[] {
    return reflected.map((there) => {
      const wanted = metadata.find((candidate) => isSameReference(candidate, there))
      const onupdate = restricted(there.onupdate, wanted?.onupdate ?? null)
      const ondelete = restricted(there.ondelete, wanted?.ondelete ?? null)
      if (onupdate === there.onupdate && ondelete === there.ondelete) return there
      return Object.assign(there.copy(), { table: there.table, onupdate, ondelete })
    })
  }
}

function enumValues(type: TypeEngine): readonly string[] | null {
  return type instanceof EnumType || type instanceof MysqlEnumType ? type.values : null
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value))
}

function isSameReference(a: ForeignKeyConstraint, b: ForeignKeyConstraint): boolean {
  const [first, second] = [a, b].map((key) =>
    JSON.stringify([
      key.columns.map((column) => column.name),
      key.referred.table,
      key.referred.columns,
    ]),
  )
  return first === second
}

function restricted(there: string | null, wanted: string | null): string | null {
  return there === null && wanted?.toLowerCase() === 'restrict' ? 'RESTRICT' : there
}
