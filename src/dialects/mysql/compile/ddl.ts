import { CompileError } from '../../../errors/compile-error.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import type { DdlOf, DdlStatement } from '../../../sql/ddl/statement.ts'
import {
  BinaryExpression,
  FunctionCall,
  OrderModifier,
  type SqlExpression,
} from '../../../sql/elements/expression.ts'
import { nameParts } from '../../../sql/elements/identifier.ts'
import { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { dialectOption, type DialectOptions } from '../../../sql/schema/dialect-options.ts'
import { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { MysqlTraits } from './traits.ts'
import type { MysqlColumnCompiler } from './columns.ts'
import type { MysqlStatement } from './statements.ts'
import { tableOptionsClause } from './table-options.ts'

/** The DDL of MySQL and MariaDB. */
export class MysqlDdlCompiler extends DdlCompiler {
  declare readonly traits: MysqlTraits
  declare readonly columns: MysqlColumnCompiler

  protected override visitCreateTable(statement: DdlOf<'createTable'>): string {
    // In ADD COLUMN the reference takes the list for the type.
    for (const column of statement.table.columns) this.columns.assertUnnamed(column)
    return super.visitCreateTable(statement)
  }

  /** MariaDB takes one CHECK behind a column, and no name for it (10.11, CREATE TABLE): others are the table's there. */
  #checksOfTable({ checks }: Column): readonly CheckConstraint[] {
    if (!this.traits.isMariadb || this.traits.exactlyAsAlembic === true) return []
    const [inline] = checks.filter((check) => resolveName(check) === null)
    return checks.filter((check) => check !== inline)
  }

  protected override withColumnChecks(column: Column, definition: string): string {
    const elsewhere = this.#checksOfTable(column)
    return [
      definition,
      ...column.checks
        .filter((check) => !elsewhere.includes(check))
        .map((check) => this.constraints.compile(check)),
    ].join(' ')
  }

  protected override constraintDefinitions(table: TableClass): string[] {
    const ofColumns = table.columns.flatMap((column) => this.#checksOfTable(column))
    return [
      ...super.constraintDefinitions(table),
      ...ofColumns.map((check) => this.constraints.compile(check)),
    ]
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    const checks = this.#checksOfTable(statement.column)
    const additions = checks.map((check) => `, ADD ${this.constraints.compile(check)}`)
    return super.visitAddColumn(statement) + additions.join('')
  }

  protected override tableOptions(table: TableClass): string {
    const given = table.dialectOptions[this.traits.name] ?? {}
    return tableOptionsClause(given, table.comment, this.sql.literals)
  }

  protected override visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const { index } = statement
    const { prefix, withParser, using, comment } = this.#indexOptions(index)
    const words = [
      'CREATE',
      index.unique ? 'UNIQUE' : '',
      prefix ?? '',
      'INDEX',
      statement.ifNotExists ? 'IF NOT EXISTS' : '',
      this.indexName(index, false),
      `ON ${this.indexedTable(index)} (${this.indexElements(index)})`,
      withParser === null ? '' : `WITH PARSER ${withParser}`,
      using === null ? '' : `USING ${this.preparer.quote(using)}`,
      comment === null ? '' : `COMMENT ${this.sql.literals.renderString(comment, null)}`,
      this.option(index, 'ignored') === true ? 'IGNORED' : '',
      this.option(index, 'invisible') === true ? 'INVISIBLE' : '',
    ]
    return words.filter((word) => word !== '').join(' ')
  }

  #indexOptions(
    index: Index,
  ): Record<'prefix' | 'withParser' | 'using' | 'comment', string | null> {
    const text = (key: string): string | null => {
      const value = this.option(index, key)
      return typeof value === 'string' && value !== '' ? value : null
    }
    return {
      prefix: text('prefix'),
      withParser: text('withParser'),
      using: text('using'),
      comment: text('comment'),
    }
  }

  /** As with the reference, MariaDB takes these two from the options of MySQL too. */
  protected override option(
    object: { readonly dialectOptions: DialectOptions },
    key: string,
  ): unknown {
    const own = super.option(object, key)
    if (own !== undefined || !['using', 'withParser'].includes(key)) return own
    return dialectOption(object.dialectOptions, 'mysql', key)
  }

  /** Functional index elements stand in parentheses of their own, on MySQL from 8.0.13. */
  protected override indexElement(index: Index, element: SqlExpression): string {
    const sql = this.sql.compileForDdl(element)
    const isExpression =
      element instanceof FunctionCall ||
      element instanceof BinaryExpression ||
      (element instanceof OrderModifier && element.modifier.startsWith('nulls'))
    if (isExpression) return `(${sql})`
    const length = this.#prefixLength(index, this.columnKey(element), sql)
    return length === undefined ? sql : `${sql}(${length})`
  }

  #prefixLength(index: Index, column: string | null, sql: string): number | undefined {
    const length = this.option(index, 'length')
    if (typeof length === 'number') return length
    if (typeof length !== 'object' || length === null) return undefined
    const byName = length as Readonly<Record<string, number>>
    return (column === null ? undefined : byName[column]) ?? byName[sql]
  }

  protected override visitDropIndex(statement: DdlOf<'dropIndex'>): string {
    return this.dropIndexOfTable(statement)
  }

  protected override visitDropConstraint(statement: DdlOf<'dropConstraint'>): string {
    const { constraint } = statement
    const what = this.#droppedAs(constraint)
    const exists = statement.ifExists ? this.#ifExists(constraint) : ''
    const name =
      constraint instanceof PrimaryKeyConstraint ? '' : ` ${this.#constraintName(constraint)}`
    return `ALTER TABLE ${this.constraintTable(constraint)} DROP ${what}${exists}${name}`
  }

  /** Each kind is dropped in its own words; only MariaDB has DROP CONSTRAINT for all, which MySQL has from 8.0.19. */
  #droppedAs(constraint: Constraint): string {
    if (constraint instanceof ForeignKeyConstraint) return 'FOREIGN KEY'
    if (constraint instanceof PrimaryKeyConstraint) return 'PRIMARY KEY'
    if (constraint instanceof UniqueConstraint) return 'INDEX'
    if (constraint instanceof CheckConstraint) return this.traits.isMariadb ? 'CONSTRAINT' : 'CHECK'
    throw new CompileError("No generic 'DROP CONSTRAINT' in MySQL - please specify constraint type")
  }

  #ifExists(constraint: Constraint): string {
    const isKey = constraint instanceof PrimaryKeyConstraint
    if (this.traits.isMariadb && !isKey) return ' IF EXISTS'
    const reason = isKey ? 'DROP PRIMARY KEY takes no IF EXISTS' : 'MySQL has no IF EXISTS here'
    throw new CompileError(
      `Can't drop constraint '${constraint.name ?? 'PRIMARY'}' only if it exists: ${reason}; look for it with sa.inspect() first`,
    )
  }

  #constraintName(constraint: Constraint): string {
    const name = resolveName(constraint)
    if (name !== null) return this.preparer.formatConstraint(name)
    throw new CompileError(
      `Can't emit DROP CONSTRAINT for a constraint of table '${constraint.table?.name ?? '?'}'; it has no name`,
    )
  }

  /** Without its schema the new name would be looked up in the session's database, and the table moved there. */
  protected override visitRenameTable(statement: DdlOf<'renameTable'>): string {
    const { text, quote } = nameParts(statement.newName)
    const target = this.preparer.formatAlteredTable({ ...statement.table, name: text, quote })
    return `${this.alterTable(statement.table)} RENAME TO ${target}`
  }

  protected override visitSetTableComment(statement: DdlOf<'setTableComment'>): string {
    const table = this.preparer.formatTable(statement.table)
    return `ALTER TABLE ${table} COMMENT ${this.commentText(statement.comment)}`
  }

  protected override visitDropTableComment(statement: DdlOf<'dropTableComment'>): string {
    return `ALTER TABLE ${this.preparer.formatTable(statement.table)} COMMENT ''`
  }

  protected override visitSetColumnComment(statement: DdlOf<'setColumnComment'>): string {
    return this.unsupported(
      statement,
      "a comment is part of the column's definition: use op.alterColumn() with comment and existingType",
    )
  }

  protected override visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    return this.#restateInstead(statement)
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    return this.#restateInstead(statement)
  }

  #restateInstead(statement: DdlStatement): never {
    return this.unsupported(
      statement,
      'MySQL and MariaDB restate the whole column: use op.alterColumn()',
    )
  }

  protected override visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    if (!['mysql', 'mariadb'].includes(statement.dialect)) {
      return super.visitDialectStatement(statement)
    }
    const own = statement.statement as MysqlStatement
    const table = this.alterTable(own.table)
    const column = this.preparer.quote(own.column)
    switch (own.kind) {
      case 'restateColumn': {
        const definition = this.columns.restate(own.definition)
        if (own.newName === null) return `${table} MODIFY ${column} ${definition}`
        return `${table} CHANGE ${column} ${this.preparer.quote(own.newName)} ${definition}`
      }
      case 'setColumnDefault': {
        const text = this.columns.defaultText(own.serverDefault)
        const change = text === null ? 'DROP DEFAULT' : `SET DEFAULT ${text}`
        return `${table} ALTER COLUMN ${column} ${change}`
      }
    }
  }

  protected override visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    const { dataType } = statement.sequence
    this.assertSequences(statement)
    if (dataType !== null && !isServerAtLeast(this.traits, 11, 5)) {
      throw new CompileError(
        `Sequence '${statement.sequence.name}' can't be AS ${dataType.toString()}: MariaDB before 11.5 has BIGINT sequences only; leave dataType out`,
      )
    }
    return super.visitCreateSequence(statement)
  }

  protected override get altersSequenceStart(): boolean {
    return true
  }

  protected override assertSequences(statement: DdlStatement): void {
    if (this.traits.isMariadb) return
    this.unsupported(statement, 'MySQL has no sequences; use an AUTO_INCREMENT column')
  }

  /** DROP SCHEMA takes all that is in the database with it here, so that there is no word for it. */
  protected override visitDropSchema(statement: DdlOf<'dropSchema'>): string {
    return super.visitDropSchema({ ...statement, cascade: false })
  }
}
