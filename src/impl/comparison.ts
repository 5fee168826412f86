import type { Connection } from '../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedEnumUse,
  ReflectedSequence,
  ReflectedDialectOptions,
  ReflectedIndex,
  ReflectedTable,
  ReflectedUniqueConstraint,
} from '../engine/reflected.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { SqlCompiler } from '../sql/compile/sql-compiler.ts'
import { ColumnExpression } from '../sql/elements/column-expression.ts'
import { OrderModifier, type SqlExpression } from '../sql/elements/expression.ts'
import type { CheckConstraint } from '../sql/schema/check-constraint.ts'
import type { Column } from '../sql/schema/column.ts'
import type { ForeignKeyConstraint } from '../sql/schema/foreign-key.ts'
import type { UniqueConstraint } from '../sql/schema/key-constraints.ts'
import type { Computed, Identity } from '../sql/schema/server-default.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Index } from '../sql/schema/table-index.ts'
import type { EnumType } from '../sql/types/enum.ts'
import { compareWrittenChecks } from './check-comparison.ts'
import { differentBecause, EQUAL, type ComparisonResult } from './comparison-result.ts'
import { columnNames, unnamedSignature } from './constraint-signature.ts'
import type { ServerAnswers } from './definition-answers.ts'
import { resolveDetections, type Detections } from './detections.ts'
import { differingIdentityOptions } from './identity-difference.ts'
import type { TableDefinitions } from './table-definitions.ts'
import { isSameTypeDetail, isSameTypeName, tokenizeType } from './type-tokens.ts'

/** The unique constraints and indexes of one table on both sides; what should not be compared is taken out. */
export interface IndexesAndUniques {
  readonly reflectedUniques: Set<UniqueConstraint>
  readonly reflectedIndexes: Set<Index>
  readonly metadataUniques: Set<UniqueConstraint>
  readonly metadataIndexes: Set<Index>
  /** `null` where only the database has the table. */
  readonly metadataTable: TableClass | null
}

/** A server default on both sides: as the database has it, and as the model's SQL is. */
export interface DefaultPair extends ColumnPair {
  /** `null` where there is none. */
  readonly inspectedDefault: string | null
  /** A literal string without quotes, or SQL; `null` where there is none. */
  readonly metadataDefault: string | null
}

/** A column on both sides. */
export interface ColumnPair {
  readonly inspected: Column
  readonly metadata: Column
}

/** How two identity columns differ. */
export interface IdentityDifference {
  readonly isDifferent: boolean
  /** The options in which they do. */
  readonly options: readonly string[]
  /** What the column is to become, where the model leaves something to the server that it has otherwise. */
  readonly wanted?: Identity
}

/** What a comparison is made of. */
export interface ComparisonParts {
  readonly dialect: Dialect
  /** What can be asked where texts alone don't tell. */
  readonly connection: Connection
  readonly detect?: Detections | undefined
}

/** What is common to what was reflected of constraints and indexes. */
export type ReflectedObject = ReflectedCheckConstraint | ReflectedIndex | ReflectedUniqueConstraint

/**
 * How a dialect tells whether the models and the database are alike. What is here holds for most servers; dialects
 * override what deviates, and register themselves with `registerComparison()`.
 */
export class ComparisonImpl {
  readonly dialect: Dialect
  protected readonly connection: Connection
  readonly detect: Required<Detections>
  /** Whether two texts are of one type: there are few of them, and many columns. */
  readonly #sameTypeTexts = new Map<string, boolean>()
  /** How the server writes what is given as SQL; `null` where nobody asks it. */
  protected readonly definitions: ServerAnswers | null = null

  constructor({ dialect, connection, detect }: ComparisonParts) {
    this.dialect = dialect
    this.connection = connection
    this.detect = resolveDetections(detect)
  }

  /** Names of types that mean the same, in lower case. */
  protected get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [new Set(['numeric', 'decimal'])]
  }

  /** Clauses of a type that are compared only where both sides have them; the first group is what counts. */
  protected get typeClauses(): readonly RegExp[] {
    return []
  }

  /** Options of identity columns that the database can't say. */
  protected get ignoredIdentityOptions(): readonly string[] {
    return ['order', 'onNull']
  }

  /** Called once with everything that was reflected of a schema, before it is compared. */
  async prepareReflected(_tables: readonly ReflectedTable[]): Promise<void> {}

  /** The enumeration types with names of their own that the database has, and what is of them. */
  async readEnumTypes(): Promise<readonly ReflectedEnumUse[]> {
    return []
  }

  /** The enumeration types with names of their own that a column of that type needs, in a table of that schema. */
  enumTypesOf(_type: Column['type'], _schema: string | null): readonly EnumType[] {
    return []
  }

  /** The sequences of a schema that no column owns; `null` where that can't be told. */
  async readSequences(_schema: string | null): Promise<readonly ReflectedSequence[] | null> {
    return null
  }

  /** What was reflected of a column, corrected to what a model would say. */
  autogenColumnReflect(_table: ReflectedTable, column: ReflectedColumn): ReflectedColumn {
    return column
  }

  /** The options of a constraint or index, corrected to what a model would say. */
  adjustReflectedDialectOptions(reflected: ReflectedObject): ReflectedDialectOptions {
    return reflected.dialectOptions ?? {}
  }

  /** Called once with all columns whose types are to be compared: what the server must be asked is asked together. */
  async prepareTypes(_pairs: readonly ColumnPair[]): Promise<void> {}

  /** Whether the types of two columns differ. */
  compareType(inspected: Column, metadata: Column): boolean {
    return !this.#isSameTypeText(this.columnTypeSql(inspected), this.columnTypeSql(metadata))
  }

  /**
   * Whether a type that was reflected is a model's column's by its text alone. Only where it is not, `compareType()` has to look
   * at the columns.
   */
  isSameTypeByText(there: Column['type'], metadata: Column): boolean {
    const { table } = metadata
    return this.#isSameTypeText(
      this.columnTypeSql({ type: there, table }),
      this.columnTypeSql(metadata),
    )
  }

  #isSameTypeText(there: string, wanted: string): boolean {
    if (there === wanted) return true
    const key = `${there}\0${wanted}`
    const known = this.#sameTypeTexts.get(key)
    if (known !== undefined) return known
    const [a, b] = [tokenizeType(there), tokenizeType(wanted)]
    const isSame =
      isSameTypeName(a, b, this.typeSynonyms) && isSameTypeDetail(a, b, this.typeClauses)
    this.#sameTypeTexts.set(key, isSame)
    return isSame
  }

  /** The SQL of a column's type, for comparing. */
  protected columnTypeSql({ type }: Pick<Column, 'type' | 'table'>): string {
    return this.typeSql(type)
  }

  /** A type's SQL, for comparing. */
  protected typeSql(type: Column['type']): string {
    return this.dialect.types.compile(type)
  }

  /** Whether a column numbers itself by a word that changing anything else of it would have to repeat. */
  restatesAutoincrement(_inspected: Column): boolean {
    return false
  }

  /** Whether every foreign key needs an index on its columns, and one on those that it refers to, which can't be dropped then. */
  get foreignKeysNeedIndexes(): boolean {
    return false
  }

  /** Whether the type of a column can't change while a generated column is computed of it. */
  get computedPinsSources(): boolean {
    return false
  }

  /** How the server calls the primary key of a table where none is said; `null` where it does not matter. */
  serverMadeKeyName(_table: TableClass): string | null {
    return null
  }

  /** What a foreign key is called when its table has got another name. */
  foreignKeyNameAfter(
    name: string,
    _table: { readonly from: string; readonly to: string },
  ): string {
    return name
  }

  /** Whether the CHECKs that stand behind a column are reflected as those of the table. */
  get reflectsColumnChecks(): boolean {
    return true
  }

  /** Whether a CHECK constraint without a name in the models may be called so by the server. */
  isServerMadeCheckName(_name: string, _table: TableClass): boolean {
    return false
  }

  /** Called once with all defaults that are to be compared: what the server must be asked is asked together. */
  async prepareServerDefaults(_pairs: readonly DefaultPair[]): Promise<void> {}

  /** Whether the server defaults of two columns differ. */
  compareServerDefault({ inspectedDefault, metadataDefault }: DefaultPair): boolean {
    if (inspectedDefault === metadataDefault) return false
    if (inspectedDefault === null || metadataDefault === null) return true
    return inspectedDefault !== this.dialect.literals.renderString(metadataDefault, null)
  }

  /** Called once with what of all tables is given as SQL: what the server must be asked is asked together. */
  async prepareDefinitions(tables: readonly TableDefinitions[]): Promise<void> {
    await this.definitions?.prepare(this.connection, tables, this.detect)
  }

  /** Whether two generated columns differ in their expressions. */
  compareComputed(pair: ColumnPair): boolean {
    const { inspected, metadata } = pair
    const written = this.detect.computedExpressions ? this.definitions?.computed(pair) : null
    if (written) return written.there !== written.wanted
    const [there, wanted] = [inspected, metadata].map(({ computed }) => this.#formula(computed))
    return there !== wanted
  }

  /** A formula without what servers change in it: blanks, parentheses, quotes, case. */
  #formula(computed: Computed | null): string | null {
    if (computed === null) return null
    return this.dialect.sql
      .compileForDdl(computed.sqltext)
      .replaceAll(/[ ()'"`[\]\t\r\n]/g, '')
      .toLowerCase()
  }

  /** The options in which two identity columns differ; `null` where one of them is none, or they are alike. */
  compareIdentity(
    metadata: Identity | null,
    inspected: Identity | null,
    _inspectedColumn: Column,
  ): IdentityDifference {
    const options = differingIdentityOptions(metadata, inspected).filter(
      (option) => !this.ignoredIdentityOptions.includes(option),
    )
    const isDifferent = options.length > 0 || (metadata === null) !== (inspected === null)
    return { isDifferent, options }
  }

  /** Compares two indexes of the same name. */
  compareIndexes(metadata: Index, reflected: Index): ComparisonResult {
    const reasons = this.uniqueDifference(metadata, reflected)
    const [there, wanted] = [reflected, metadata].map((index) =>
      index.elements.map((element) => elementText(element, this.dialect.sql)),
    )
    if (there?.join('\0') !== wanted?.join('\0')) {
      reasons.push(`expression ${tuple(there ?? [])} to ${tuple(wanted ?? [])}`)
    }
    return differentBecause(reasons)
  }

  /** The same where the server's own words tell what rules can't. */
  protected compareWrittenIndexes(
    byRule: ComparisonResult,
    metadata: Index,
    inspected: Index,
  ): ComparisonResult {
    const written = this.definitions?.indexes({ inspected, metadata }) ?? null
    if (written === null) return byRule
    const { there, wanted } = written
    if (there === wanted) return differentBecause(this.uniqueDifference(metadata, inspected))
    return byRule.kind === 'different' ? byRule : differentBecause([`'${there}' to '${wanted}'`])
  }

  /** Whether one of two indexes is unique and the other is not. */
  protected uniqueDifference(metadata: Index, reflected: Index): string[] {
    if (metadata.unique === reflected.unique) return []
    return [`unique=${python(reflected.unique)} to unique=${python(metadata.unique)}`]
  }

  /** Compares two unique constraints of the same name. */
  compareUniqueConstraints(
    metadata: UniqueConstraint,
    reflected: UniqueConstraint,
  ): ComparisonResult {
    const { keyOrder } = this.detect
    if (unnamedSignature(metadata, keyOrder) === unnamedSignature(reflected, keyOrder)) return EQUAL
    const [old, now] = [reflected, metadata].map((side) =>
      keyOrder ? columnNames(side) : columnNames(side).toSorted(),
    )
    return differentBecause([`expression ${tuple(old ?? [])} to ${tuple(now ?? [])}`])
  }

  /** Compares two CHECK constraints of the same name: servers rewrite conditions, so only their own words tell. */
  compareCheckConstraints(metadata: CheckConstraint, inspected: CheckConstraint): ComparisonResult {
    if (this.definitions === null || !this.detect.checkExpressions) return EQUAL
    const pair = { inspected, metadata }
    return compareWrittenChecks(pair, this.definitions.checks(pair), this.dialect)
  }

  /** Whether the database made an index on its own, for a foreign key: the models need not know it. */
  isMadeForForeignKey(_index: ReflectedIndex, _table: ReflectedTable): boolean {
    return false
  }

  /** Takes out indexes and constraints that the database makes on its own, or can't say. */
  correctForAutogenConstraints(_sides: IndexesAndUniques): void {}

  /** The reflected foreign keys with what the database leaves unsaid filled in from the models' ones. */
  correctForAutogenForeignKeys(
    reflected: readonly ForeignKeyConstraint[],
    _metadata: readonly ForeignKeyConstraint[],
  ): readonly ForeignKeyConstraint[] {
    return reflected
  }
}

/** A list as the reference's log lines have it: `('a', 'b')`. */
export function tuple(items: readonly string[]): string {
  const [only] = items
  if (items.length === 1) return `('${only}',)`
  return `(${items.map((item) => `'${item}'`).join(', ')})`
}

/** An element of an index: a column's name, or an expression without what databases change in it. */
function elementText(element: SqlExpression, sql: SqlCompiler): string {
  if (element instanceof OrderModifier) return elementText(element.of, sql)
  if (element instanceof ColumnExpression) return element.name
  return sql
    .compileForDdl(element)
    .replaceAll(/[\s()'"`]/g, '')
    .toLowerCase()
}

function python(value: boolean): string {
  return value ? 'True' : 'False'
}
