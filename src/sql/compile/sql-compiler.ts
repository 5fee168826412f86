import { CompileError } from '../../errors/compile-error.ts'
import type { ColumnExpression, TableReference } from '../elements/column-expression.ts'
import * as node from '../elements/expression.ts'
import { Select } from '../elements/statements.ts'
import type { Delete, DmlStatement, Insert, Update } from '../elements/statements.ts'
import { PLACEHOLDER } from '../elements/placeholders.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { warn } from '../../util/warnings.ts'
import { BARE_FUNCTIONS } from './bare-functions.ts'
import { ClientDefault, withClientDefaults } from './client-defaults.ts'
import type { DialectTraits } from './dialect-traits.ts'
import type { IdentifierPreparer } from './identifier-preparer.ts'
import { asReferenceCounts } from './placeholder-text.ts'
import type { LiteralCompiler } from './literal-compiler.ts'
import { jsonText, plainValue } from './plain-value.ts'
import { needsParentheses } from './precedence.ts'
import { resultNames } from './result-names.ts'
import { assertWellFormed } from './storable-text.ts'
import type { TypeCompiler } from './type-compiler.ts'

/** A value that travels beside a statement. */
export interface BoundValue {
  readonly key: string
  readonly value: unknown
  readonly type: TypeEngine | null
}

/** SQL text and what travels beside it, in the order of the placeholders. */
export interface CompiledSql {
  readonly sql: string
  readonly parameters: readonly BoundValue[]
}

/** How a statement is written. */
export interface SqlOptions {
  /** Values become literals in the SQL. */
  readonly literalBinds?: boolean
  /** Columns are written with their table; `true` unless given. */
  readonly includeTable?: boolean
}

/** What is collected while one statement is written. */
export interface SqlScope {
  readonly literalBinds: boolean
  readonly includeTable: boolean
  readonly bound: BoundValue[]
  /** The tables of the statement around a SELECT, whose columns it may name. */
  readonly enclosing: readonly TableReference[]
}

/** Writes expressions and row statements. What is here holds for every server; dialects override the rest. */
export class SqlCompiler {
  readonly traits: DialectTraits
  readonly preparer: IdentifierPreparer
  readonly types: TypeCompiler
  readonly literals: LiteralCompiler

  constructor(
    traits: DialectTraits,
    preparer: IdentifierPreparer,
    types: TypeCompiler,
    literals: LiteralCompiler,
  ) {
    this.traits = traits
    this.preparer = preparer
    this.types = types
    this.literals = literals
  }

  /** Writes a statement or an expression, with values beside it. */
  compile(statement: node.SqlExpression | DmlStatement, options: SqlOptions = {}): CompiledSql {
    const { sql, parameters } = this.#write(statement, options)
    return { sql: asReferenceCounts(sql, this.traits), parameters }
  }

  #write(statement: node.SqlExpression | DmlStatement, options: SqlOptions): CompiledSql {
    const scope: SqlScope = {
      literalBinds: options.literalBinds ?? false,
      includeTable: options.includeTable ?? true,
      bound: [],
      enclosing: [],
    }
    return { sql: this.#visitStatement(statement, scope), parameters: scope.bound }
  }

  #visitStatement(statement: node.SqlExpression | DmlStatement, scope: SqlScope): string {
    if (!(statement instanceof node.SqlExpression)) return this.visitDml(statement, scope)
    return statement instanceof Select
      ? this.visitSelect(statement, scope)
      : this.visit(statement, scope)
  }

  /** Writes an expression for DDL: values as literals, columns without their table. */
  compileForDdl(expression: node.SqlExpression): string {
    return this.#write(expression, { literalBinds: true, includeTable: false }).sql
  }

  /** Writes one expression. */
  visit(expression: node.SqlExpression, scope: SqlScope): string {
    const it = expression as AnyExpression
    switch (it.kind) {
      case 'text':
        return this.visitText(it, scope)
      case 'bind':
        return this.visitBind(it, scope)
      case 'func':
        return this.visitFunction(it, scope)
      case 'column':
        return this.visitColumn(it, scope)
      case 'literalColumn':
        return this.escapePercent(it.text)
      case 'null':
        return 'NULL'
      case 'true':
        return this.literals.renderBoolean(true)
      case 'false':
        return this.literals.renderBoolean(false)
      case 'binary':
        return this.visitBinary(it, scope)
      case 'modifier':
        return this.visitModifier(it, scope)
      case 'and':
      case 'or':
        return it.conditions
          .map((condition) => this.visitOperand(condition, scope))
          .join(it.kind === 'and' ? ' AND ' : ' OR ')
      case 'not':
        return `NOT ${this.visitOperand(it.of, scope)}`
      case 'cast':
        return `CAST(${this.visit(it.of, scope)} AS ${this.castType(it.type)})`
      case 'list':
        return `(${it.items.map((item) => this.visit(item, scope)).join(', ')})`
      case 'case':
        return this.visitCase(it, scope)
      case 'nextValue':
        return this.visitNextValue(it)
      case 'select':
        return `(${this.visitSelect(it, scope)})`
      case 'label':
        return this.visit(it.of, scope)
    }
  }

  /** `:name` placeholders get their values; `\:` is a colon; `::` is left alone. */
  protected visitText(clause: node.TextClause, scope: SqlScope): string {
    return this.escapePercent(clause.text).replaceAll(TEXT_TOKEN, (_, name?: string) => {
      if (name === undefined) return ':'
      const bind = clause.binds.get(name)
      if (bind !== undefined) return this.visitBind(bind, scope)
      if (scope.literalBinds) return this.unboundLiteral(name)
      return this.placeholder({ key: name, value: undefined, type: null }, scope)
    })
  }

  /** As the reference has it, although the text may have meant a colon. */
  protected unboundLiteral(name: string): string {
    warn(
      `':${name}' in SQL text is a placeholder without a value and was written as NULL; write a colon as '\\\\:', or give the value with bindparams()`,
    )
    return 'NULL'
  }

  /** Drivers that format statements with `%` want a literal one doubled. */
  protected escapePercent(sql: string): string {
    const { paramstyle } = this.traits
    return paramstyle === 'format' || paramstyle === 'pyformat' ? sql.replaceAll('%', '%%') : sql
  }

  protected visitBind(bind: node.BindParameter, scope: SqlScope): string {
    if (bind.literalExecute || (scope.literalBinds && !this.#isLeftOpen(bind))) {
      return this.literals.renderLiteral(bind.value, bind.type)
    }
    const key = bind.key ?? `param_${scope.bound.length + 1}`
    return this.placeholder({ key, value: bind.value, type: bind.type }, scope)
  }

  /** The reference writes a literal for what a row says, and a placeholder for what a column's `default` adds. */
  #isLeftOpen(bind: node.BindParameter): boolean {
    return this.traits.exactlyAsAlembic === true && bind instanceof ClientDefault
  }

  /**
   * A value in the form in which it travels to the server for its type: what scripts write as a literal. Applied once, where
   * the placeholder is written: a document that is encoded twice is stored as a string.
   */
  bindValue(given: unknown, declared: TypeEngine | null): unknown {
    const value = plainValue(given)
    if (value === null || value === undefined) return value
    const type = declared === null ? null : this.types.resolve(declared)
    this.literals.assertHolds(value, type)
    if (value instanceof Date) this.literals.assertMoment(value, type)
    if (typeof value === 'string') assertWellFormed(value, 'String')
    // What the database has no literal for, its packages send as something else: NULL for one.
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.literals.renderLiteral(value, type)
    }
    return type === null ? value : this.bindTyped(value, type)
  }

  /** The same for a column whose type is known. */
  protected bindTyped(value: unknown, type: TypeEngine): unknown {
    if (type.affinity === 'Json') return jsonText(value)
    if (value instanceof Date && (type.affinity === 'Date' || type.affinity === 'Time')) {
      return this.literals.dateText(value, type)
    }
    if (type.affinity === 'Uuid' && typeof value === 'string') {
      return this.literals.uuidText(value, type)
    }
    if (type.affinity === 'Interval') return this.#bindInterval(value, type)
    if (SCALARS.has(type.affinity) && isCompound(value)) {
      return this.literals.refuse(value, type, 'such a column holds no objects and no lists')
    }
    return value
  }

  #bindInterval(value: unknown, type: TypeEngine): unknown {
    const seconds = typeof value === 'string' ? this.literals.spanSeconds(value, type) : value
    const isSpan = typeof seconds === 'number' || typeof seconds === 'bigint'
    return isSpan ? this.intervalValue(Number(seconds), type) : value
  }

  /** A span of time in seconds, as it travels. */
  protected intervalValue(seconds: number, _type: TypeEngine): unknown {
    return new Date(seconds * 1000)
  }

  /** Notes a value and writes the placeholder that stands for it. */
  placeholder(value: BoundValue, scope: SqlScope): string {
    scope.bound.push({ ...value, value: this.bindValue(value.value, value.type) })
    switch (this.traits.paramstyle) {
      case 'named':
        return `:${this.bindName(value.key)}`
      case 'qmark':
        return '?'
      case 'numeric':
        return `$${scope.bound.length}`
      case 'numericAt':
        return `@${scope.bound.length}`
      case 'numericColon':
        return `:${scope.bound.length}`
      case 'format':
        return '%s'
      case 'pyformat':
        return `%(${this.bindName(value.key)})s`
    }
  }

  /** A placeholder's name as it is written. */
  protected bindName(key: string): string {
    return key.replaceAll(/[%():.[\] ]/g, (character) => BIND_NAME_STAND_INS[character] ?? '_')
  }

  protected visitFunction(call: node.FunctionCall, scope: SqlScope): string {
    const args = call.args.map((arg) => this.visit(arg, scope)).join(', ')
    if (call.args[0] instanceof Select && call.name.toLowerCase() === 'exists')
      return `EXISTS ${args}`
    const bare = args === '' ? this.bareFunction(call.name) : undefined
    return bare ?? `${this.functionName(call.name)}(${args})`
  }

  /** What the dialect calls a function. */
  protected functionName(name: string): string {
    return name
  }

  /** A type as the target of CAST. */
  protected castType(type: TypeEngine): string {
    return this.types.compile(type)
  }

  /** The spelling of a function that the dialect writes without parentheses. */
  protected bareFunction(name: string): string | undefined {
    return BARE_FUNCTIONS.get(name.toLowerCase())
  }

  protected visitColumn(column: ColumnExpression, scope: SqlScope): string {
    const name = this.preparer.quote(column.name, column.quote)
    if (!scope.includeTable || column.table === null) return name
    return `${this.preparer.formatTable(column.table)}.${name}`
  }

  protected visitBinary(expression: node.BinaryExpression, scope: SqlScope): string {
    const { operator, right } = expression
    const left = this.visitOperand(expression.left, scope, operator)
    if (right instanceof node.ExpressionList && right.items.length === 0) {
      return operator === 'IN'
        ? `(${left} IN (NULL) AND (1 != 1))`
        : `(${left} ${operator} (NULL) OR (1 = 1))`
    }
    const sql = `${left} ${operator} ${this.visitOperand(right, scope, operator)}`
    return operator === 'NOT IN' ? `(${sql})` : sql
  }

  /** Operands that are themselves made of operators are put in parentheses where `operator` binds more tightly. */
  protected visitOperand(
    expression: node.SqlExpression,
    scope: SqlScope,
    operator?: string,
  ): string {
    const sql = this.visit(expression, scope)
    const isLoose =
      expression instanceof node.BinaryExpression
        ? operator !== undefined &&
          expression.operator !== 'NOT IN' &&
          needsParentheses(expression.operator, operator)
        : ['or', 'and'].includes(expression.kind)
    return isLoose ? `(${sql})` : sql
  }

  protected visitModifier(modifier: node.OrderModifier, scope: SqlScope): string {
    const word = { asc: 'ASC', desc: 'DESC', nullsFirst: 'NULLS FIRST', nullsLast: 'NULLS LAST' }
    return `${this.visit(modifier.of, scope)} ${word[modifier.modifier]}`
  }

  protected visitCase(expression: node.CaseExpression, scope: SqlScope): string {
    const whens = expression.whens.map(
      ([condition, result]) =>
        `WHEN (${this.visit(condition, scope)}) THEN ${this.visit(result, scope)}`,
    )
    const otherwise =
      expression.otherwise === null ? '' : ` ELSE ${this.visit(expression.otherwise, scope)}`
    return `CASE ${whens.join(' ')}${otherwise} END`
  }

  /** The next value of a sequence; every dialect that has sequences says it in its own way. */
  protected visitNextValue(_expression: node.NextValue): string {
    throw new CompileError(`Dialect ${this.traits.name} does not support sequence increments`)
  }

  /** The FROM of a SELECT that reads no table. */
  protected get defaultFrom(): string {
    return ''
  }

  protected visitSelect(select: Select, scope: SqlScope): string {
    const tables = this.#readTables(select, scope)
    const inside = { ...scope, enclosing: tables }
    const names = resultNames(select.columns)
    const columns = select.columns.map((column, position) => {
      const name = names[position] ?? null
      const sql = this.visit(column, inside)
      return name === null ? sql : `${sql} AS ${this.preparer.quote(name)}`
    })
    const read = tables.map((table) => this.preparer.formatTable(table)).join(', ')
    const from = read === '' ? this.defaultFrom : ` FROM ${read}`
    return `SELECT ${columns.join(', ')}${from}${this.where(select.condition, inside)}`
  }

  /** The tables of a SELECT, without those of the statement around it: it means that statement's row. */
  #readTables({ tables }: Select, { enclosing }: SqlScope): readonly TableReference[] {
    if (tables.length < 2) return tables
    const own = tables.filter((table) => !enclosing.some((other) => isSameTable(table, other)))
    if (own.length > 0) return own
    throw new CompileError(
      'A SELECT within a statement reads no table but those of that statement; name another one with selectFrom()',
    )
  }

  /** Writes an INSERT, UPDATE or DELETE. */
  visitDml(statement: DmlStatement, scope: SqlScope): string {
    switch (statement.kind) {
      case 'insert':
        return this.visitInsert(withClientDefaults(statement), scope)
      case 'update':
        return this.visitUpdate(statement, { ...scope, enclosing: [statement.table] })
      case 'delete':
        return this.visitDelete(statement, { ...scope, enclosing: [statement.table] })
    }
  }

  protected visitInsert(insert: Insert, scope: SqlScope): string {
    const table = this.preparer.formatTable(insert.table)
    if (insert.selected !== null) {
      const names = insert.selected.columns.map((column) =>
        this.preparer.quote(column.name, column.quote),
      )
      return `INSERT INTO ${table} (${names.join(', ')}) ${this.visitSelect(insert.selected.select, scope)}`
    }
    const [first] = insert.rows
    if (first === undefined || first.length === 0) return this.emptyInsert(insert)
    const columns = first.map(({ column }) => this.preparer.quote(column.name, column.quote))
    const rows = insert.rows.map(
      (row) => `(${row.map((item) => this.assigned(item, scope)).join(', ')})`,
    )
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.join(', ')}`
  }

  /** A row that says nothing: the server fills all of it. */
  protected emptyInsert({ table }: Insert): string {
    return `INSERT INTO ${this.preparer.formatTable(table)} DEFAULT VALUES`
  }

  /** For servers that have no such statement. */
  protected refuseEmptyInsert({ table }: Insert): string {
    if (this.traits.exactlyAsAlembic === true) {
      return `INSERT INTO ${this.preparer.formatTable(table)} () VALUES ()`
    }
    throw new CompileError(
      `Dialect ${this.traits.name} has no INSERT without columns; give a row of '${table.name}' at least one value`,
    )
  }

  protected visitUpdate(update: Update, scope: SqlScope): string {
    const table = this.preparer.formatTable(update.table)
    const set = update.assignments.map(
      (item) =>
        `${this.preparer.quote(item.column.name, item.column.quote)}=${this.assigned(item, scope)}`,
    )
    return `UPDATE ${table} SET ${set.join(', ')}${this.where(update.condition, scope)}`
  }

  protected visitDelete(statement: Delete, scope: SqlScope): string {
    const table = this.preparer.formatTable(statement.table)
    return `DELETE FROM ${table}${this.where(statement.condition, scope)}`
  }

  /** A value next to its column: a placeholder is named after the column. */
  protected assigned(
    item: { readonly column: ColumnExpression; readonly value: node.SqlExpression },
    scope: SqlScope,
  ): string {
    const { value, column } = item
    if (value instanceof node.BindParameter && value.key === null && !value.literalExecute) {
      const named = new node.BindParameter(column.name, value.value, value.type ?? column.type)
      return inColumn(column.name, () => this.visitBind(named, scope))
    }
    return this.visitOperand(value, scope)
  }

  protected where(condition: node.SqlExpression | null, scope: SqlScope): string {
    return condition === null ? '' : ` WHERE ${this.visit(condition, scope)}`
  }
}

/** Types whose values are neither objects nor lists. */
const SCALARS: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Array',
  'Binary',
  'Boolean',
  'Date',
  'DateTime',
  'Integer',
  'Numeric',
  'String',
  'Time',
  'Uuid',
] as const)

function isCompound(value: unknown): boolean {
  return typeof value === 'object' && !(value instanceof Uint8Array) && !(value instanceof Date)
}

function isSameTable(a: TableReference, b: TableReference): boolean {
  return a.name === b.name && a.schema === b.schema
}

/** Adds to what can't be written which column it is for. */
export function inColumn<T>(name: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    throw new CompileError(`column '${name}': ${error.message}`, { cause: error })
  }
}

// In one pass: what a value is written as may hold a colon itself.
const TEXT_TOKEN = new RegExp(`${PLACEHOLDER.source}|\\\\:`, 'g')

/** What the reference writes for characters that would end a placeholder's name. */
const BIND_NAME_STAND_INS: Readonly<Record<string, string>> = {
  '%': 'P',
  '(': 'A',
  ')': 'Z',
  ':': 'C',
}

/** Every expression class there is: what makes the switch of `visit()` exhaustive. */
type AnyExpression =
  | node.TextClause
  | node.BindParameter
  | node.FunctionCall
  | node.LiteralColumn
  | node.Constant
  | node.BinaryExpression
  | node.OrderModifier
  | node.ConditionList
  | node.Negation
  | node.Cast
  | node.ExpressionList
  | node.CaseExpression
  | node.NextValue
  | node.Label
  | ColumnExpression
  | Select
