import { OperationError } from '../../errors/operation-error.ts'
import type {
  AddColumnSettings,
  ColumnAlteration,
  DropColumnSettings,
} from '../../impl/column-alteration.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type { BatchCall } from '../../impl/operation-target.ts'
import type { BatchStructure } from '../../impl/table-recreation.ts'
import type { SqlExpression } from '../../sql/elements/expression.ts'
import { nameParts, type NameLike } from '../../sql/elements/identifier.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { Constraint } from '../../sql/schema/constraint.ts'
import { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import { assertDefault, type ServerDefault } from '../../sql/schema/server-default.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { Index } from '../../sql/schema/table-index.ts'
import { typeNameText, type TypeEngine } from '../../sql/types/type-engine.ts'
import { ColumnOrder } from './column-order.ts'
import { findByDefinition } from './find-by-definition.ts'

/** A column of the table to be, under the name that it had before the batch. */
export interface StructureColumn {
  /** The column as it was, or as it was given. */
  readonly source: Column
  readonly isNew: boolean
  name: string
  quote: boolean | null
  type: TypeEngine
  /** The type was changed: its CHECK is asked for by a call of its own. */
  isRetyped: boolean
  nullable: boolean
  primaryKey: boolean
  serverDefault: ServerDefault | null
  autoincrement: Column['autoincrement']
  comment: string | null
  checks: readonly CheckConstraint[]
  /** What its values are copied from; `null` for new columns. */
  transfer: SqlExpression | null
}

/** What a batch starts from. */
export interface StructureSettings {
  /** Whether the table was reflected; else the user said what it is like. */
  readonly reflected: boolean
  /** Whether there is a database to change; else a script is written, letter for letter the reference's. */
  readonly live: boolean
  readonly partialReordering: readonly (readonly string[])[]
}

/** A table in memory, changed call by call, that `new-table.ts` then makes a `Table` of. */
export class TableStructure implements BatchStructure {
  readonly table: TableClass
  readonly reflected: boolean
  readonly live: boolean
  readonly columns: Map<string, StructureColumn> = new Map()
  readonly namedConstraints: Map<string, Constraint> = new Map()
  readonly unnamedConstraints: Set<Constraint> = new Set()
  readonly indexes: Map<string, Index> = new Map()
  readonly newIndexes: Map<string, Index> = new Map()
  readonly exactlyAsAlembic: boolean
  /** What the table's comment becomes; `undefined` leaves it. */
  comment: string | null | undefined
  readonly #impl: MigrationImpl
  readonly #order: ColumnOrder

  constructor(impl: MigrationImpl, table: TableClass, settings: StructureSettings) {
    this.#impl = impl
    this.table = table
    this.reflected = settings.reflected
    this.live = settings.live
    this.exactlyAsAlembic = impl.dialect.traits.exactlyAsAlembic === true
    for (const column of table.columns) this.columns.set(column.name, existingColumn(column))
    // Those of columns first: the order in which they came to the table, not that in which they were made.
    const { constraints } = table
    for (const constraint of constraints.filter(({ implicit }) => implicit)) {
      this.#takeConstraint(constraint)
    }
    for (const constraint of constraints.filter(({ implicit }) => !implicit)) {
      this.#takeConstraint(constraint)
    }
    for (const index of table.indexes) this.indexes.set(indexName(index), index)
    this.#order = new ColumnOrder([...this.columns.keys()], settings.partialReordering)
  }

  #takeConstraint(constraint: Constraint): void {
    // A type brings its CHECK along with the column.
    if (isTypeBound(constraint)) return
    if (constraint instanceof PrimaryKeyConstraint && constraint.columnKeys.length === 0) return
    this.#keep(constraint)
  }

  #keep(constraint: Constraint): void {
    const name = resolveName(constraint)
    if (name === null) this.unnamedConstraints.add(constraint)
    else this.namedConstraints.set(name.text, constraint)
  }

  #forget(constraint: Constraint): void {
    this.unnamedConstraints.delete(constraint)
    for (const [name, named] of this.namedConstraints) {
      if (named === constraint) this.namedConstraints.delete(name)
    }
  }

  /** The columns in the order of the new table, with the names that they had. */
  get orderedColumns(): readonly (readonly [string, StructureColumn])[] {
    return this.#order
      .sort([...this.columns.keys()])
      .map((name) => [name, this.#column(name)] as const)
  }

  /** Carries one call of the batch out. Throws OperationError. */
  apply(call: BatchCall): void {
    switch (call.method) {
      case 'addColumn':
        return this.#addColumn(call.args[1], call.args[2] ?? {})
      case 'dropColumn':
        return this.#dropColumn(call.args[1], call.args[2] ?? {})
      case 'alterColumn':
        return this.#alterColumn(call.args[1], call.args[2])
      case 'addConstraint':
        return this.#addConstraint(call.args[0])
      case 'dropConstraint':
        return this.#dropConstraint(call.args[0], call.args[1]?.ifExists ?? false)
      case 'createIndex':
        return this.#createIndex(call.args[0], call.args[1]?.ifNotExists ?? false)
      case 'dropIndex':
        return this.#dropIndex(call.args[0], call.args[1]?.ifExists ?? false)
      case 'createTableComment':
        this.comment = call.args[0].comment
        return
      case 'dropTableComment':
        this.comment = null
        return
      case 'createColumnComment':
        // CREATE TABLE brings the comments of columns along.
        return
    }
  }

  #column(name: string): StructureColumn {
    const column = this.columns.get(name)
    if (column !== undefined) return column
    throw new OperationError(
      `Table '${this.table.name}' has no column '${name}'; it has ${[...this.columns.keys()].join(', ')}`,
    )
  }

  #addColumn(column: Column, settings: AddColumnSettings): void {
    const { insertBefore, insertAfter, ifNotExists } = settings
    if (ifNotExists === true && this.columns.has(column.name)) return
    this.#order.add(column.name, insertBefore, insertAfter)
    this.columns.set(column.name, { ...existingColumn(column), isNew: true, transfer: null })
  }

  #dropColumn(name: NameLike, { ifExists, existingType }: DropColumnSettings): void {
    const { text } = nameParts(name)
    if (ifExists === true && !this.columns.has(text)) return
    this.#column(text)
    this.columns.delete(text)
    this.#order.drop(text)
    this.#forgetCheckOf(existingType)
  }

  #alterColumn(columnName: NameLike, alteration: ColumnAlteration): void {
    const { newName, type, nullable, serverDefault, autoincrement, comment } = alteration
    const { text } = nameParts(columnName)
    const column = this.#column(text)
    if (newName !== undefined) this.#renameColumn(column, newName, alteration.existing.type)
    if (type !== undefined) {
      if (column.transfer !== null) {
        column.transfer = this.#impl.castForBatchMigrate(
          column.type,
          column.transfer,
          type,
          this.reflected,
        )
      }
      column.type = type
      column.isRetyped = true
    }
    if (nullable !== undefined) column.nullable = nullable
    if (serverDefault !== undefined) {
      if (serverDefault !== null) assertDefault(serverDefault)
      column.serverDefault = serverDefault
    }
    if (autoincrement !== undefined) column.autoincrement = autoincrement
    if (comment !== undefined) column.comment = comment
  }

  #renameColumn(
    column: StructureColumn,
    newName: NameLike,
    existingType: TypeEngine | undefined,
  ): void {
    const { text, quote } = nameParts(newName)
    if (text === column.name) return
    column.name = text
    column.quote = quote
    this.#forgetCheckOf(existingType)
  }

  /** The CHECK of a type names its column: the type makes it anew, or it goes with the column. */
  #forgetCheckOf(existingType: TypeEngine | undefined): void {
    const check = existingType?.forDialect(this.#impl.dialect.name).checkConstraint()
    const name = check?.name ?? null
    if (name !== null) this.namedConstraints.delete(typeNameText(name))
  }

  #addConstraint(constraint: Constraint): void {
    if (resolveName(constraint) === null && !this.#mayBeUnnamed(constraint)) {
      throw new OperationError('Constraint must have a name')
    }
    this.#assertReachable(constraint)
    if (constraint instanceof PrimaryKeyConstraint) {
      this.unnamedConstraints.delete(this.table.primaryKey)
    }
    this.#keep(constraint)
  }

  /** A table has one primary key: it needs no name to be known by. */
  #mayBeUnnamed(constraint: Constraint): boolean {
    if (isTypeBound(constraint)) return true
    return constraint instanceof PrimaryKeyConstraint && !this.exactlyAsAlembic
  }

  /** CREATE TABLE would leave such a key out without a word. */
  #assertReachable(constraint: Constraint): void {
    if (this.#impl.dialect.traits.supportsCrossSchemaForeignKeys) return
    if (!(constraint instanceof ForeignKeyConstraint)) return
    const { schema, table } = constraint.referred
    const isOwn = schema === this.table.schema
    // Its target gets the table's own schema.
    if (this.exactlyAsAlembic && this.table.schema !== null) return
    // In a script only what can't be meant is refused: the reference leaves out keys that name another schema.
    if (isOwn || (!this.live && schema !== null)) return
    throw new OperationError(
      `Foreign key '${constraint.name ?? ''}' of table '${this.table.name}' can't refer to table '${table}' in ${schema === null ? 'the default schema' : `schema '${schema}'`}: a foreign key stays in its schema on ${this.#impl.dialect.name}`,
    )
  }

  #dropConstraint(constraint: Constraint, ifExists: boolean): void {
    const name = resolveName(constraint)?.text ?? null
    if (name === null) {
      if (isTypeBound(constraint)) return
      if (this.#mayBeUnnamed(constraint)) return this.#dropPrimaryKey(this.table.primaryKey)
      return this.#forget(
        findByDefinition(
          [...this.unnamedConstraints, ...this.namedConstraints.values()],
          constraint,
        ),
      )
    }
    if (this.#dropColumnCheck(name)) return
    const dropped = this.namedConstraints.get(name)
    if (dropped === undefined) {
      if (this.#dropUniqueIndex(constraint, name)) return
      // The CHECK of a type goes with the type.
      if (isTypeBound(constraint) || ifExists) return
      throw new OperationError(`No such constraint: '${name}'`)
    }
    this.namedConstraints.delete(name)
    if (dropped instanceof PrimaryKeyConstraint) this.#dropPrimaryKey(dropped)
  }

  #dropPrimaryKey(dropped: PrimaryKeyConstraint): void {
    this.#forget(dropped)
    for (const key of dropped.columnKeys) {
      const column = this.columns.get(key)
      if (column !== undefined) column.primaryKey = false
    }
  }

  /** Where the server makes no difference between the two, a unique constraint was reflected as an index. */
  #dropUniqueIndex(constraint: Constraint, name: string): boolean {
    if (!this.reflected || !(constraint instanceof UniqueConstraint)) return false
    return this.indexes.get(name)?.unique === true && this.indexes.delete(name)
  }

  #dropColumnCheck(name: string): boolean {
    for (const column of this.columns.values()) {
      if (!column.checks.some((check) => check.name === name)) continue
      column.checks = column.checks.filter((check) => check.name !== name)
      return true
    }
    return false
  }

  #createIndex(index: Index, ifNotExists: boolean): void {
    const name = indexName(index)
    if (ifNotExists && (this.indexes.has(name) || this.newIndexes.has(name))) return
    this.newIndexes.set(name, index)
  }

  #dropIndex(index: Index, ifExists: boolean): void {
    const name = indexName(index)
    if (!this.indexes.delete(name) && !ifExists)
      throw new OperationError(`No such index: '${name}'`)
  }
}

function existingColumn(column: Column): StructureColumn {
  return {
    source: column,
    isNew: false,
    name: column.name,
    quote: column.quote,
    type: column.type,
    isRetyped: false,
    nullable: column.nullable,
    primaryKey: column.primaryKey,
    serverDefault: column.serverDefault,
    autoincrement: column.autoincrement,
    comment: column.comment,
    checks: column.checks,
    transfer: column,
  }
}

/** The CHECK of a `Boolean` or `Enum`. */
export function isTypeBound(constraint: Constraint): boolean {
  return constraint instanceof CheckConstraint && constraint.typeBound !== null
}

function indexName(index: Index): string {
  return resolveName(index)?.text ?? ''
}
