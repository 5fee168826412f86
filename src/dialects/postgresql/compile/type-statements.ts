import type { EnumValueAddition } from '../../../impl/enum-types.ts'
import type { EnumType } from '../../../sql/types/enum.ts'
import type { DomainType } from '../types/domain.ts'
import type { TypeStatement } from '../types/type-statements.ts'
import { EnumConversion } from './enum-conversion.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'
import type { PostgresqlTypeCompiler } from './types.ts'

/** Writes the statements that create and drop named types. */
export class TypeStatementCompiler {
  readonly #sql: PostgresqlSqlCompiler
  readonly #conversion: EnumConversion

  constructor(sql: PostgresqlSqlCompiler) {
    this.#sql = sql
    this.#conversion = new EnumConversion(sql)
  }

  compile(statement: TypeStatement): string {
    switch (statement.kind) {
      case 'createEnumType':
        return this.#createEnum(statement.type)
      case 'dropEnumType':
        return `DROP TYPE ${statement.ifExists ? 'IF EXISTS ' : ''}${this.#name(statement.type)}`
      case 'addEnumValue':
        return this.#addValue(statement.type, statement.addition)
      case 'renameEnumValue': {
        const [from, to] = [statement.from, statement.to].map((value) => this.#literal(value))
        return `ALTER TYPE ${this.#name(statement.type)} RENAME VALUE ${from} TO ${to}`
      }
      case 'renameEnumType': {
        const newName = this.#sql.preparer.quote(statement.newName)
        return `ALTER TYPE ${this.#name(statement.type)} RENAME TO ${newName}`
      }
      case 'convertEnumColumns':
        return this.#conversion.columns(statement)
      case 'convertEnumInScript':
        return this.#conversion.script(statement)
      case 'createDomainType':
        return this.#createDomain(statement.type)
      case 'dropDomainType':
        return `DROP DOMAIN ${statement.ifExists ? 'IF EXISTS ' : ''}${this.#name(statement.type)}`
    }
  }

  #name(type: EnumType | DomainType): string {
    return (this.#sql.types as PostgresqlTypeCompiler).formatType(type)
  }

  #literal(value: string): string {
    return this.#sql.literals.renderString(value, null)
  }

  #addValue(type: EnumType, addition: EnumValueAddition): string {
    const { value, before, after } = addition
    const exists = addition.ifNotExists ? 'IF NOT EXISTS ' : ''
    const parts = [`ALTER TYPE ${this.#name(type)} ADD VALUE ${exists}${this.#literal(value)}`]
    if (before !== null) parts.push(`BEFORE ${this.#literal(before)}`)
    if (after !== null) parts.push(`AFTER ${this.#literal(after)}`)
    return parts.join(' ')
  }

  #createEnum(type: EnumType): string {
    const labels = type.values.map((value) => this.#literal(value))
    return `CREATE TYPE ${this.#name(type)} AS ENUM (${labels.join(', ')})`
  }

  #createDomain(type: DomainType): string {
    const { preparer } = this.#sql
    const dataType = this.#sql.types.compile(type.dataType)
    const parts = [`CREATE DOMAIN ${this.#name(type)} AS ${dataType}`]
    // Reflection puts the collation on the type as well.
    if (type.collation !== null && !dataType.includes(' COLLATE ')) {
      parts.push(`COLLATE ${preparer.quote(type.collation)}`)
    }
    if (type.default !== null) parts.push(`DEFAULT ${this.#default(type.default)}`)
    if (type.constraintName !== null) {
      const name = { text: type.constraintName, quote: null, truncatable: false }
      parts.push(`CONSTRAINT ${preparer.formatConstraint(name)}`)
    }
    if (type.notNull === true) parts.push('NOT NULL')
    if (type.check !== null) parts.push(`CHECK (${this.#sql.compileForDdl(type.check)})`)
    return parts.join(' ')
  }

  #default(value: NonNullable<DomainType['default']>): string {
    if (typeof value === 'string') return this.#sql.literals.renderString(value, null)
    return this.#sql.compileForDdl(value)
  }
}
