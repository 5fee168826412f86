import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import {
  Computed,
  type SequenceOptions,
  type ServerDefault,
} from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { MysqlTraits } from './traits.ts'
import { MysqlDecimalType } from '../types/decimal.ts'

/** A whole column as MODIFY and CHANGE restate it: what is left out here is lost there. */
export interface RestatedColumn {
  readonly type: TypeEngine
  readonly nullable: boolean
  readonly autoincrement: boolean
  readonly serverDefault: ServerDefault | null
  readonly comment: string | null
  /** MariaDB's CHECK behind the column. */
  readonly check: SqlExpression | null
}

function placeOf({ name, table }: Column): string {
  return `(in table '${table?.name ?? '?'}', column '${name}')`
}

/** Columns of MySQL and MariaDB. */
export class MysqlColumnCompiler extends ColumnCompiler {
  declare readonly traits: MysqlTraits

  protected override attributes(column: Column): string[] {
    return [
      this.computedClause(column),
      this.nullability(column),
      ...this.#ownAttributes(column),
      this.inlineComment(column),
      this.#numbersItself(column) ? 'AUTO_INCREMENT' : this.defaultClause(column),
    ]
  }

  protected override typeOf(column: Column): string {
    const type = this.sql.types.resolve(column.type)
    const where = placeOf(column)
    if (this.traits.exactlyAsAlembic !== true) this.assertUnnamed(column)
    const digits = (type as { readonly precision?: number }).precision
    const isDouble = ['Double', 'DOUBLE', 'DOUBLE_PRECISION'].includes(type.visitName)
    if (isDouble && digits !== undefined && !(type instanceof MysqlDecimalType)) {
      throw new CompileError(
        `${where}: You must specify both precision and scale or omit both altogether. Dialect ${this.traits.name} has no DOUBLE(${digits}); use sa.mysql.DOUBLE(${digits}, …) or leave the precision out`,
      )
    }
    const compressed = this.#option(column, 'compressed') === true ? ' COMPRESSED' : ''
    return super.typeOf(column) + compressed
  }

  /** PostgreSQL's ENUM is a type of its own with a CREATE TYPE: a list in place of its name would not be that type. */
  assertUnnamed(column: Column): void {
    const type = this.sql.types.resolve(column.type)
    if (!(type.typeName === 'ENUM' && 'createType' in type && type.createType === true)) return
    throw new CompileError(
      `${placeOf(column)}: dialect ${this.traits.name} has no enumerations that are types of their own; use sa.Enum(…)`,
    )
  }

  #ownAttributes(column: Column): string[] {
    return [
      this.#option(column, 'invisible') === true ? 'INVISIBLE' : '',
      this.#option(column, 'systemVersioning') === false ? 'WITHOUT SYSTEM VERSIONING' : '',
    ]
  }

  #option(column: Column, key: string): unknown {
    return dialectOption(column.dialectOptions, this.traits.name, key)
  }

  /**
   * TIMESTAMP alone is NOT NULL with an automatic default on servers without `explicit_defaults_for_timestamp` (the
   * default before MySQL 8.0 and MariaDB 10.10), so that NULL must be said. MariaDB takes no NOT NULL behind a
   * generated column, which a primary key or an Identity would otherwise imply.
   */
  protected override nullability(column: Column): string {
    const isGenerated = column.computed !== null && this.traits.isMariadb && !column.nullableGiven
    if (!column.nullable && !isGenerated) return 'NOT NULL'
    const type = this.sql.types.resolve(column.type)
    const isTimestamp = type.visitName === 'TIMESTAMP' && type.affinity === 'DateTime'
    return column.nullable && isTimestamp ? 'NULL' : ''
  }

  #numbersItself(column: Column): boolean {
    const { table } = column
    if (!(table instanceof TableClass) || table.autoincrementColumn !== column) return false
    if (column.serverDefault !== null && column.identity === null) return false
    const { sequence } = column
    return !(this.traits.supportsSequences && sequence !== null && !sequence.optional)
  }

  protected override defaultClause(column: Column): string {
    const text = this.defaultText(column.serverDefault, column.type)
    if (text === null) return ''
    return `DEFAULT ${this.#needsParentheses(text) ? `(${text})` : text}`
  }

  /** Expressions stand in parentheses, except the words and forms that were there before expressions were. */
  #needsParentheses(text: string): boolean {
    return (
      this.traits.supportsDefaultExpressions &&
      !/^\s*['"(]/.test(text) &&
      !/ON +UPDATE/i.test(text) &&
      !/^(?:now|current_timestamp)\(\d+\)/i.test(text) &&
      /^.*[^\p{L}\p{N}_]/u.test(text)
    )
  }

  /** The definition behind the name in MODIFY and CHANGE. */
  restate(column: RestatedColumn): string {
    const parts = [this.sql.types.compile(column.type)]
    if (column.serverDefault instanceof Computed) {
      parts.push(this.computed(column.serverDefault))
      if (!column.nullable && !this.traits.isMariadb) parts.push('NOT NULL')
    } else {
      parts.push(column.nullable ? 'NULL' : 'NOT NULL')
      if (column.autoincrement) parts.push('AUTO_INCREMENT')
      const text = this.defaultText(column.serverDefault, column.type)
      if (text !== null) parts.push(`DEFAULT ${text}`)
    }
    if (column.comment !== null && column.comment !== '') {
      parts.push(`COMMENT ${this.sql.literals.renderString(column.comment, null)}`)
    }
    if (column.check !== null) parts.push(`CHECK (${this.sql.compileForDdl(column.check)})`)
    return parts.join(' ')
  }

  override sequenceOptions(options: SequenceOptions): string[] {
    return super
      .sequenceOptions(options)
      .map((phrase) => (phrase === 'NO CYCLE' ? 'NOCYCLE' : phrase))
  }
}
