import { CompileError } from '../../../errors/compile-error.ts'
import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { AS_GIVEN } from '../../../sql/compile/bound-form.ts'
import type { SqlScope } from '../../../sql/compile/compiled-sql.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type {
  BinaryExpression,
  NextValue,
  SqlExpression,
} from '../../../sql/elements/expression.ts'
import { Cast } from '../../../sql/elements/expression.ts'
import type { Insert } from '../../../sql/elements/statements.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { warn } from '../../../util/warnings.ts'
import type { MysqlTraits } from './traits.ts'
import { MysqlStringType, CHAR } from '../types/string.ts'
import { MysqlIntegerType } from '../types/integer.ts'

/** Literals of MySQL and MariaDB. */
export class MysqlLiteralCompiler extends LiteralCompiler {
  /** The words exist, although there is no boolean type. */
  override renderBoolean(value: boolean): string {
    return value ? 'true' : 'false'
  }

  /** Members of a SET. */
  protected override renderArray(value: readonly unknown[], type: TypeEngine | null): string {
    return isMembers(value, type)
      ? this.renderString(value.join(','), type)
      : super.renderArray(value, type)
  }

  /** Plain text is written as itself; of the rest only the hexadecimal form is safe from character sets. */
  protected override renderBytes(value: Uint8Array): string {
    const text = Buffer.from(value).toString('latin1')
    if (/^[ -~]*$/.test(text)) return this.renderString(text, null)
    return `X'${Buffer.from(value).toString('hex').toUpperCase()}'`
  }
}

const FUNCTION_OF_OPERATOR: ReadonlyMap<string, string> = new Map([
  ['||', 'concat'],
  ['[]', 'JSON_EXTRACT'],
])

function isMembers(value: unknown, type: TypeEngine | null): value is readonly unknown[] {
  return Array.isArray(value) && type?.visitName === 'SET'
}

/** Expressions and row statements of MySQL and MariaDB. */
export class MysqlSqlCompiler extends SqlCompiler {
  declare readonly traits: MysqlTraits

  /** Of a SET's members alone the form is another one. */
  protected override get asGiven(): ReadonlySet<TypeEngine['affinity']> {
    return AS_GIVEN
  }

  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    return super.bindTyped(isMembers(value, type) ? value.join(',') : value, type)
  }

  protected override bareFunction(name: string): string | undefined {
    switch (name.toLowerCase()) {
      case 'now':
        return 'now()'
      case 'sysdate':
        return 'SYSDATE()'
      default:
        return super.bareFunction(name)
    }
  }

  /** `||` is OR here unless `sql_mode` says otherwise, and a JSON subscript is a function. */
  protected override visitBinary(expression: BinaryExpression, scope: SqlScope): string {
    const name = FUNCTION_OF_OPERATOR.get(expression.operator)
    // An operand is visited once: each visit adds its values to the parameters.
    if (name === undefined) return super.visitBinary(expression, scope)
    const left = this.visitOperand(expression.left, scope)
    const right = this.visitOperand(expression.right, scope)
    return `${name}(${left}, ${right})`
  }

  override visit(expression: SqlExpression, scope: SqlScope): string {
    return expression instanceof Cast
      ? this.visitCast(expression, scope)
      : super.visit(expression, scope)
  }

  /** CAST has type names of its own; for types without one the value is left as it is. */
  protected visitCast(cast: Cast, scope: SqlScope): string {
    const type = this.#castType(this.types.resolve(cast.type))
    const value = this.visit(cast.of, scope)
    if (type !== null) return `CAST(${value} AS ${type})`
    warn(
      `Datatype ${this.types.compile(cast.type)} does not support CAST on MySQL/MariaDb; the CAST will be skipped.`,
    )
    return value
  }

  #castType(type: TypeEngine): string | null {
    switch (type.affinity) {
      case 'Integer':
        return type instanceof MysqlIntegerType && type.unsigned
          ? 'UNSIGNED INTEGER'
          : 'SIGNED INTEGER'
      case 'DateTime':
        return type.visitName === 'TIMESTAMP' ? 'DATETIME' : this.types.compile(type)
      case 'Date':
      case 'Time':
        return this.types.compile(type)
      case 'String':
        return this.#castString(type)
      case 'Binary':
        return 'BINARY'
      case 'Json':
        return 'JSON'
      case 'Numeric':
        return this.#castNumber(type)
      case 'Array':
      case 'Boolean':
      case 'Interval':
      case 'Null':
      case 'Other':
      case 'Uuid':
        return null
    }
  }

  #castString(type: TypeEngine): string | null {
    if (['ENUM', 'SET', 'Enum'].includes(type.visitName)) return null
    if (type.visitName === 'CHAR') return this.types.compile(type)
    const length = (type as { length?: number }).length
    if (!(type instanceof MysqlStringType)) {
      return this.types.compile(new CHAR(length ?? null))
    }
    const { charset, collation, ascii, binary, unicode } = type
    const named = {
      ...(charset === undefined ? {} : { charset }),
      ...(collation === undefined ? {} : { collation }),
    }
    return this.types.compile(new CHAR(length ?? null, { ...named, ascii, binary, unicode }))
  }

  #castNumber(type: TypeEngine): string | null {
    const sql = this.types.compile(type)
    if (/^(?:NUMERIC|DECIMAL)/.test(sql)) return sql.replace('NUMERIC', 'DECIMAL')
    return this.traits.supportsFloatCast ? sql : null
  }

  protected override visitNextValue({ sequence }: NextValue): string {
    if (this.traits.isMariadb) return `nextval(${this.preparer.formatTable(sequence)})`
    throw new CompileError(
      `MySQL has no sequences, and so no next value of '${sequence.name}'; use an AUTO_INCREMENT column`,
    )
  }

  protected override emptyInsert({ table }: Insert): string {
    return `INSERT INTO ${this.preparer.formatTable(table)} () VALUES ()`
  }
}
