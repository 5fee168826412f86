import type { EnumType } from '../../../sql/types/enum.ts'
import type { DomainType } from '../types/domain.ts'
import type { TypeStatement } from '../types/type-statements.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'
import type { PostgresqlTypeCompiler } from './types.ts'

/** Writes the statements that create and drop named types. */
export class TypeStatementCompiler {
  readonly #sql: PostgresqlSqlCompiler

  constructor(sql: PostgresqlSqlCompiler) {
    this.#sql = sql
  }

  compile(statement: TypeStatement): string {
    switch (statement.kind) {
      case 'createEnumType':
        return this.#createEnum(statement.type)
      case 'dropEnumType':
        return `DROP TYPE ${statement.ifExists ? 'IF EXISTS ' : ''}${this.#name(statement.type)}`
      case 'createDomainType':
        return this.#createDomain(statement.type)
      case 'dropDomainType':
        return `DROP DOMAIN ${statement.ifExists ? 'IF EXISTS ' : ''}${this.#name(statement.type)}`
    }
  }

  #name(type: EnumType | DomainType): string {
    return (this.#sql.types as PostgresqlTypeCompiler).formatType(type)
  }

  #createEnum(type: EnumType): string {
    const labels = type.values.map((value) => this.#sql.literals.renderString(value, null))
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
