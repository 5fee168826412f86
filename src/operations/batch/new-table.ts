import { OperationError } from '../../errors/operation-error.ts'
import { TextClause } from '../../sql/elements/expression.ts'
import { joinName } from '../../sql/elements/identifier.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import { ColumnClass, type Column, type ColumnItem } from '../../sql/schema/column.ts'
import type { Constraint } from '../../sql/schema/constraint.ts'
import type { DialectOptions } from '../../sql/schema/dialect-options.ts'
import { ExcludeConstraint } from '../../sql/schema/exclude-constraint.ts'
import { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import { Computed } from '../../sql/schema/server-default.ts'
import {
  BLANK_SCHEMA,
  TableClass,
  type DialectTableOptions,
  type TableItem,
  type TableOptions,
} from '../../sql/schema/table.ts'
import type { TypeEngine } from '../../sql/types/type-engine.ts'
import { warn } from '../../util/warnings.ts'
import type { ColumnNames } from './column-names.ts'
import { addReferent, retargeted } from './referents.ts'
import { isTypeBound, type StructureColumn, type TableStructure } from './table-structure.ts'

/** What the user adds to the new table. */
export interface NewTableSettings {
  readonly tableArgs: readonly TableItem[]
  readonly tableOptions: TableOptions & DialectTableOptions
}

/** Makes the new table of the structure that a batch left. */
export class NewTableBuilder {
  readonly #structure: TableStructure
  readonly #names: ColumnNames
  readonly #settings: NewTableSettings

  constructor(structure: TableStructure, names: ColumnNames, settings: NewTableSettings) {
    this.#structure = structure
    this.#names = names
    this.#settings = settings
  }

  /** The new table, under a name of its own. */
  build(name: string): TableClass {
    const { table, orderedColumns } = this.#structure
    const { tableArgs, tableOptions } = this.#settings
    const columns = orderedColumns.map(([key, column]) => this.#buildColumn(key, column))
    const metadata = new MetaData()
    const built = new TableClass(
      name,
      metadata,
      [...columns, ...tableArgs.map((item) => this.#further(item))],
      {
        ...tableOptions,
        ...mergeDialectOptions(table.dialectOptions, tableOptions),
        ...this.#comment(),
        schema: table.schema ?? BLANK_SCHEMA,
      },
    )
    const { namedConstraints, unnamedConstraints } = this.#structure
    for (const constraint of [...namedConstraints.values(), ...unnamedConstraints]) {
      const copy = this.#copyConstraint(constraint, built)
      if (copy === null) continue
      if (isForeignKey(constraint)) addReferent(metadata, constraint)
      built.appendConstraint(copy)
    }
    return built
  }

  /** What `tableArgs` adds; it may name columns by their new names, too. */
  #further(item: TableItem): TableItem {
    // All are copied: their order is that in which they were made.
    const own = item.copy()
    if (isOverColumns(own)) {
      own.columnKeys = own.columnKeys.map((key) => this.#names.keyOf(key) ?? key)
    }
    return own
  }

  #comment(): { readonly comment?: string | null } {
    const { comment, live, table } = this.#structure
    if (!live) return {}
    if (comment !== undefined) return { comment }
    return table.comment === null ? {} : { comment: table.comment }
  }

  #buildColumn(key: string, column: StructureColumn): Column {
    const { source } = column
    const items: ColumnItem[] = column.checks.map((check) => check.copy())
    if (source.sequence !== null) items.push(source.sequence)
    const { nullable: _n, serverDefault: _d, unique, index, ...options } = source.options
    // What a new column brings along is asked for by calls of their own; in a script it counts twice, as in the reference.
    const counts = column.isNew && !this.#structure.live
    const isChecked = column.isRetyped || (column.isNew && !counts)
    const built = new ColumnClass(
      joinName(column.name, column.quote, false),
      isChecked ? withoutCheck(column.type) : column.type,
      items,
      {
        ...options,
        unique: counts && unique === true,
        index: counts && index === true,
        ...(source.nullableGiven ? { nullable: column.nullable } : {}),
        primaryKey: column.primaryKey,
        autoincrement: column.autoincrement,
        comment: column.comment,
      },
    )
    built.key = key
    built.nullable = column.nullable
    built.serverDefault = this.#rewriteDefault(key, column.serverDefault)
    return built
  }

  #rewriteDefault(
    key: string,
    serverDefault: StructureColumn['serverDefault'],
  ): StructureColumn['serverDefault'] {
    if (!(serverDefault instanceof Computed)) return serverDefault
    this.#assertComputable(key, serverDefault)
    const sqltext = this.#names.rewrite(serverDefault.sqltext)
    return new Computed(sqltext, { persisted: serverDefault.persisted })
  }

  #assertComputable(key: string, { sqltext }: Computed): void {
    if (!this.#structure.live) return
    const { dropped } = this.#names.mentioned(sqltext)
    const [gone] = dropped.filter((name) => this.#names.keyOf(name) === undefined)
    if (gone === undefined) return
    throw new OperationError(
      `Generated column '${key}' of table '${this.#structure.table.name}' is computed from '${gone}', which the batch drops; drop it too, or give it another expression`,
    )
  }

  /** A copy for the new table; `null` where it goes with a dropped column. */
  #copyConstraint(constraint: Constraint, built: TableClass): Constraint | null {
    if (!this.#isKept(constraint)) return null
    const resolved = resolveName(constraint)
    const copy = this.#plainCopy(constraint)
    if (copy instanceof PrimaryKeyConstraint) {
      this.#warnOfRest(copy)
      copy.columnKeys = copy.columnKeys.filter((key) => this.#names.keyOf(key) !== undefined)
    }
    if (isOverColumns(copy))
      copy.columnKeys = copy.columnKeys.map((key) => this.#names.keyOf(key) ?? key)
    if (resolved !== null) {
      Object.assign(copy, { name: resolved.text, nameIsFinal: resolved.truncatable })
    }
    copy.table = built
    return copy
  }

  #warnOfRest({ columnKeys }: PrimaryKeyConstraint): void {
    const rest = columnKeys.filter((key) => this.#names.keyOf(key) !== undefined)
    if (!this.#structure.live || rest.length === columnKeys.length || rest.length === 0) return
    warn(
      `The primary key of table '${this.#structure.table.name}', (${columnKeys.join(', ')}), is left with (${rest.join(', ')}): the batch drops the rest`,
    )
  }

  #plainCopy(constraint: Constraint): Constraint {
    if (constraint instanceof CheckConstraint && !isTypeBound(constraint)) {
      return this.#copyCheck(constraint)
    }
    const { schema } = this.#structure.table
    // The reference writes the table's own schema into every target.
    return this.#structure.exactlyAsAlembic && schema !== null && isForeignKey(constraint)
      ? retargeted(constraint, schema)
      : constraint.copy()
  }

  #isKept(constraint: Constraint): boolean {
    if (constraint instanceof CheckConstraint) {
      const key = constraint.typeBound?.columnKey
      if (key !== undefined) return this.#structure.columns.has(key)
      return this.#isCheckKept(constraint)
    }
    if (constraint instanceof ExcludeConstraint) {
      return constraint.elements.every(
        ([element]) => typeof element !== 'string' || this.#names.keyOf(element) !== undefined,
      )
    }
    // Dropping a column of the primary key leaves the rest of it, as in the reference.
    if (constraint === this.#structure.table.primaryKey || !isOverColumns(constraint)) return true
    const gone = constraint.columnKeys.filter((key) => this.#names.keyOf(key) === undefined)
    if (gone.length === 0) return true
    if (this.#structure.live && gone.length < constraint.columnKeys.length) {
      warn(
        `Constraint ${resolveName(constraint)?.text ?? `over ${constraint.columnKeys.join(', ')}`} of table '${this.#structure.table.name}' goes with column '${gone.join("', '")}', which the batch drops`,
      )
    }
    return false
  }

  /** A CHECK goes with its column where it is about that one alone. */
  #isCheckKept({ sqltext }: CheckConstraint): boolean {
    const { dropped, kept } = this.#names.mentioned(sqltext)
    if (dropped.length === 0) return true
    // The reference leaves out what names one of them at all, and so does a script.
    if (kept.length === 0 || !this.#structure.live) return false
    const text = sqltext instanceof TextClause ? `: ${sqltext.text}` : ''
    throw new OperationError(
      `A CHECK of table '${this.#structure.table.name}' names '${dropped.join("', '")}', which the batch drops, and '${kept.join("', '")}'${text}. Drop the constraint, too`,
    )
  }

  #copyCheck(check: CheckConstraint): CheckConstraint {
    const rewritten = this.#names.rewrite(check.sqltext)
    const { name, deferrable, initially, comment, dialectOptions } = check
    const copy = new CheckConstraint(rewritten, {
      name: name === null ? null : joinName(name, check.quote, check.nameIsFinal),
      deferrable,
      initially,
      comment,
      ...dialectOptions,
    })
    copy.columnLevel = check.columnLevel
    return copy
  }
}

function isForeignKey(constraint: TableItem): constraint is ForeignKeyConstraint {
  return constraint instanceof ForeignKeyConstraint
}

function isOverColumns(
  constraint: TableItem,
): constraint is PrimaryKeyConstraint | UniqueConstraint | ForeignKeyConstraint {
  return (
    constraint instanceof PrimaryKeyConstraint ||
    constraint instanceof UniqueConstraint ||
    isForeignKey(constraint)
  )
}

/** A type that brings no CHECK with it. */
function withoutCheck(type: TypeEngine): TypeEngine {
  return type.checkConstraint() === null
    ? type
    : Object.assign(type.clone(), { checkConstraint: () => null })
}

function mergeDialectOptions(
  existing: DialectOptions,
  given: TableOptions & DialectTableOptions,
): DialectOptions {
  const options = given as DialectOptions
  return Object.fromEntries(
    Object.entries(existing).map(([dialect, ofDialect]) => [
      dialect,
      { ...ofDialect, ...options[dialect] },
    ]),
  )
}
