import { CompileError } from '../../errors/compile-error.ts'
import { ColumnExpression } from '../elements/column-expression.ts'
import type { SqlExpression } from '../elements/expression.ts'
import type { DdlOf, DdlStatement } from '../ddl/statement.ts'
import type { Column } from '../schema/column.ts'
import { dialectOption } from '../schema/dialect-options.ts'
import { ForeignKeyConstraint } from '../schema/foreign-key.ts'
import { resolveName } from '../schema/naming.ts'
import type { Sequence } from '../schema/sequence.ts'
import type { TableClass } from '../schema/table.ts'
import type { Index } from '../schema/table-index.ts'
import type { ColumnCompiler } from './column-compiler.ts'
import type { ConstraintCompiler } from './constraint-compiler.ts'
import type { DialectTraits } from './dialect-traits.ts'
import type { IdentifierPreparer } from './identifier-preparer.ts'
import type { SqlCompiler } from './sql-compiler.ts'

/** The parts that a DDL compiler is put together from. */
export interface DdlParts {
  readonly traits: DialectTraits
  readonly sql: SqlCompiler
  readonly columns: ColumnCompiler
  readonly constraints: ConstraintCompiler
}

/** Writes the statements that create and drop things. `alter-compiler.ts` adds those that alter them. */
export abstract class CreateCompiler {
  readonly traits: DialectTraits
  readonly sql: SqlCompiler
  readonly preparer: IdentifierPreparer
  readonly columns: ColumnCompiler
  readonly constraints: ConstraintCompiler

  constructor(parts: DdlParts) {
    this.traits = parts.traits
    this.sql = parts.sql
    this.preparer = parts.sql.preparer
    this.columns = parts.columns
    this.constraints = parts.constraints
  }

  /** `CREATE TABLE`, in the reference's layout. */
  protected visitCreateTable(statement: DdlOf<'createTable'>): string {
    const { table } = statement
    const prefixes = table.prefixes.map((prefix) => `${prefix} `).join('')
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    const head = `CREATE ${prefixes}TABLE ${exists}${this.preparer.formatTable(table)} `
    const items = [...this.columnDefinitions(table), ...this.constraintDefinitions(table)]
    const body = items.map((item) => `\n    ${item}`).join(', ')
    return `${head}${this.tableSuffix(table)}(${body}\n)${this.tableOptions(table)}`
  }

  /** The columns of a CREATE TABLE, with the CHECKs that stand behind them. */
  protected columnDefinitions(table: TableClass): string[] {
    return table.columns
      .filter((column) => !column.system)
      .map((column) => this.withColumnChecks(column, this.columns.compile(column)))
  }

  protected withColumnChecks(column: Column, definition: string): string {
    const checks = column.checks.map((check) => this.constraints.compile(check))
    return [definition, ...checks].join(' ')
  }

  /** The constraints of a CREATE TABLE. */
  protected constraintDefinitions(table: TableClass): string[] {
    return table.constraints
      .filter((constraint) => this.constraints.isCreated(constraint))
      .filter((constraint) => !this.isPostponed(constraint))
      .map((constraint) => this.constraints.compile(constraint))
  }

  /** Foreign keys that ALTER TABLE adds later. */
  protected isPostponed(constraint: unknown): boolean {
    return (
      constraint instanceof ForeignKeyConstraint && constraint.useAlter && this.traits.supportsAlter
    )
  }

  /** What stands between the table's name and its columns. */
  protected tableSuffix(_table: TableClass): string {
    return ''
  }

  /** What stands behind the closing parenthesis. */
  protected tableOptions(_table: TableClass): string {
    return ''
  }

  protected visitDropTable(statement: DdlOf<'dropTable'>): string {
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    return `DROP TABLE ${exists}${this.preparer.formatTable(statement.table)}`
  }

  protected visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const { index } = statement
    const unique = index.unique ? 'UNIQUE ' : ''
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    const name = this.indexName(index, this.traits.schemaQualifiesIndex)
    return `CREATE ${unique}INDEX ${exists}${name} ON ${this.indexedTable(index)} (${this.indexElements(index)})`
  }

  protected visitDropIndex(statement: DdlOf<'dropIndex'>): string {
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    return `DROP INDEX ${exists}${this.indexName(statement.index, true)}`
  }

  /** `DROP INDEX ix ON t`, for servers on which the names of indexes belong to their table. */
  protected dropIndexOfTable({ index, ifExists }: DdlOf<'dropIndex'>): string {
    if (index.table === null || index.table.name === '') {
      throw new CompileError(
        `Dialect ${this.traits.name} drops an index from its table; say which table index '${index.name ?? ''}' is on`,
      )
    }
    const exists = ifExists ? 'IF EXISTS ' : ''
    return `DROP INDEX ${exists}${this.indexName(index, false)} ON ${this.indexedTable(index)}`
  }

  /** An index's name, with its schema where asked. */
  protected indexName(index: Index, withSchema: boolean): string {
    const name = resolveName(index)
    if (name === null) {
      throw new CompileError(
        `An index on table '${index.table?.name ?? '?'}' has no name; give one, or a naming convention with 'ix'`,
      )
    }
    const text = this.preparer.formatIndex(name)
    const schema = index.table?.schema ?? null
    if (!withSchema || schema === null) return text
    return `${this.preparer.quoteSchema(schema, index.table?.quoteSchema ?? null)}.${text}`
  }

  protected indexedTable(index: Index): string {
    const { table } = index
    if (table === null) {
      throw new CompileError(`Index '${index.name ?? ''}' belongs to no table`)
    }
    const schema = this.traits.schemaQualifiesIndex ? null : table.schema
    const { name, quote, quoteSchema } = table
    return this.preparer.formatTable({ name, quote, schema, quoteSchema })
  }

  protected indexElements(index: Index): string {
    return index.elements.map((element) => this.indexElement(index, element)).join(', ')
  }

  protected indexElement(_index: Index, element: SqlExpression): string {
    return this.sql.compileForDdl(element)
  }

  protected visitAddConstraint(statement: DdlOf<'addConstraint'>): string {
    const table = this.constraintTable(statement.constraint)
    return `ALTER TABLE ${table} ADD ${this.constraints.compile(statement.constraint)}`.trimEnd()
  }

  protected visitDropConstraint(statement: DdlOf<'dropConstraint'>): string {
    const { constraint } = statement
    const name = resolveName(constraint)
    if (name === null) {
      throw new CompileError(
        `Can't emit DROP CONSTRAINT for a constraint of table '${constraint.table?.name ?? '?'}'; it has no name`,
      )
    }
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    const cascade = statement.cascade ? ' CASCADE' : ''
    return `ALTER TABLE ${this.constraintTable(constraint)} DROP CONSTRAINT ${exists}${this.preparer.formatConstraint(name)}${cascade}`
  }

  protected constraintTable(constraint: DdlOf<'addConstraint'>['constraint']): string {
    if (constraint.table !== null) return this.preparer.formatTable(constraint.table)
    throw new CompileError(`Constraint '${constraint.name ?? ''}' belongs to no table`)
  }

  protected visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    this.assertSequences(statement)
    const { sequence } = statement
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    const type =
      sequence.dataType === null ? '' : ` AS ${this.sql.types.compile(sequence.dataType)}`
    const options = this.columns.sequenceOptions(sequence.options).map((phrase) => ` ${phrase}`)
    return `CREATE SEQUENCE ${exists}${this.sequenceName(sequence)}${type}${options.join('')}`
  }

  /** Whether START WITH can be altered; standard SQL has RESTART WITH, which takes the next number away. */
  protected get altersSequenceStart(): boolean {
    return false
  }

  protected visitAlterSequence(statement: DdlOf<'alterSequence'>): string {
    this.assertSequences(statement)
    const { sequence } = statement
    const { start = null } = sequence.options
    if (start !== null && !this.altersSequenceStart) {
      this.unsupported(
        statement,
        `it has none that changes where sequence '${sequence.name}' starts: leave start out, or set the next number with op.execute('ALTER SEQUENCE … RESTART WITH …')`,
      )
    }
    const options = this.columns.sequenceOptions(sequence.options)
    return `ALTER SEQUENCE ${this.sequenceName(sequence)} ${options.join(' ')}`
  }

  /** Refuses statements on sequences where the database has none. */
  protected assertSequences(statement: DdlStatement): void {
    if (this.traits.supportsSequences) return
    this.unsupported(statement, 'it has no sequences; let the primary key number itself')
  }

  protected visitDropSequence(statement: DdlOf<'dropSequence'>): string {
    this.assertSequences(statement)
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    return `DROP SEQUENCE ${exists}${this.sequenceName(statement.sequence)}`
  }

  protected sequenceName(sequence: Sequence): string {
    return this.preparer.formatTable(sequence)
  }

  protected visitCreateSchema(statement: DdlOf<'createSchema'>): string {
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    return `CREATE SCHEMA ${exists}${this.preparer.quoteSchema(statement.name)}`
  }

  protected visitDropSchema(statement: DdlOf<'dropSchema'>): string {
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    const cascade = statement.cascade ? ' CASCADE' : ''
    return `DROP SCHEMA ${exists}${this.preparer.quoteSchema(statement.name)}${cascade}`
  }

  /** An option that is addressed to this dialect. */
  protected option(
    object: { readonly dialectOptions: TableClass['dialectOptions'] },
    key: string,
  ): unknown {
    return dialectOption(object.dialectOptions, this.traits.name, key)
  }

  /** What the dialect has no statement for. */
  protected unsupported(statement: DdlStatement, wayOut: string): never {
    throw new CompileError(
      `Dialect ${this.traits.name} has no statement for ${statement.kind}; ${wayOut}`,
    )
  }

  /** Index elements that are plain columns, for options that go by column. */
  protected columnKey(element: SqlExpression): string | null {
    return element instanceof ColumnExpression ? element.name : null
  }
}
