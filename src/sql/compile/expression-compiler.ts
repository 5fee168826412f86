import { CompileError } from '../../errors/compile-error.ts'
import type { ColumnExpression, TableReference } from '../elements/column-expression.ts'
import * as node from '../elements/expression.ts'
import { Select } from '../elements/statements.ts'
import { PLACEHOLDER } from '../elements/placeholders.ts'
import { EnumType } from '../types/enum.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { warn } from '../../util/warnings.ts'
import { BARE_FUNCTIONS } from './bare-functions.ts'
import { AS_GIVEN, boundForm, NONE } from './bound-form.ts'
import { ClientDefault } from './client-defaults.ts'
import type { BoundValue, SqlScope } from './compiled-sql.ts'
import type { DialectTraits } from './dialect-traits.ts'
import type { IdentifierPreparer } from './identifier-preparer.ts'
import type { LiteralCompiler } from './literal-compiler.ts'
import { plainValue } from './plain-value.ts'
import { needsParentheses } from './precedence.ts'
import { resultNames } from './result-names.ts'
import { assertWellFormed } from './storable-text.ts'
import type { TypeCompiler } from './type-compiler.ts'

/** Writes expressions, SELECT among them. What is here holds for every server; dialects override the rest. */
export class ExpressionCompiler {
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
    return this.#bindResolved(given, declared === null ? null : this.types.resolve(declared))
  }

  /** `bindValue()` for the many values of one column. */
  binderOf(declared: TypeEngine | null): (given: unknown) => unknown {
    if (this.bindValue !== ExpressionCompiler.prototype.bindValue) {
      return (given) => this.bindValue(given, declared)
    }
    const type = declared === null ? null : this.types.resolve(declared)
    return (given) => this.#bindResolved(given, type)
  }

  #bindResolved(given: unknown, type: TypeEngine | null): unknown {
    const value = plainValue(given)
    if (value === null || value === undefined) return value
    this.literals.assertHolds(value, type)
    if (value instanceof Date) this.literals.assertMoment(value, type)
    if (typeof value === 'string') assertWellFormed(value, 'String')
    // What the database has no literal for, its packages send as something else: NULL for one.
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.literals.renderLiteral(value, type)
    }
    return type === null ? value : this.bindTyped(value, type)
  }

  /** Whether a column's text, numbers and truth values are bound as they are: then `bindValue()` need not be asked for each. */
  bindsAsGiven(declared: TypeEngine | null): boolean {
    if (this.bindValue !== ExpressionCompiler.prototype.bindValue) return false
    const type = declared === null ? null : this.types.resolve(declared)
    return type === null || (this.asGiven.has(type.affinity) && !(type instanceof EnumType))
  }

  /** The families of such columns. A dialect whose `bindTyped()` does something of its own says so here. */
  protected get asGiven(): ReadonlySet<TypeEngine['affinity']> {
    return this.bindTyped === ExpressionCompiler.prototype.bindTyped ? AS_GIVEN : NONE
  }

  /** The same for a column whose type is known. */
  protected bindTyped(value: unknown, type: TypeEngine): unknown {
    return boundForm(value, type, this.literals, (seconds) => this.intervalValue(seconds, type))
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

  protected where(condition: node.SqlExpression | null, scope: SqlScope): string {
    return condition === null ? '' : ` WHERE ${this.visit(condition, scope)}`
  }
}

function isSameTable(a: TableReference, b: TableReference): boolean {
  return a.name === b.name && a.schema === b.schema
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
