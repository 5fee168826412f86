import type { DdlParts } from '../../../sql/compile/create-compiler.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { SqlExpression } from '../../../sql/elements/expression.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { TypeStatement } from '../types/type-statements.ts'
import { identityChanges } from './identity-changes.ts'
import { storageParameters } from './index-clauses.ts'
import { IndexClauses } from './indexes.ts'
import { indexOptions, tableOptions } from './own-options.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'
import { TypeStatementCompiler } from './type-statements.ts'

/** What the DDL compiler is put together from. */
export interface PostgresqlDdlParts extends DdlParts {
  readonly sql: PostgresqlSqlCompiler
}

/** Writes DDL statements as PostgreSQL has them. */
export class PostgresqlDdlCompiler extends DdlCompiler {
  readonly #indexes: IndexClauses
  readonly #types: TypeStatementCompiler

  constructor(parts: PostgresqlDdlParts) {
    super(parts)
    this.#indexes = new IndexClauses(parts.sql)
    this.#types = new TypeStatementCompiler(parts.sql)
  }

  protected override get altersSequenceStart(): boolean {
    return true
  }

  protected override tableOptions(table: TableClass): string {
    const options = tableOptions(table)
    const clauses: string[] = []
    const inherits = typeof options.inherits === 'string' ? [options.inherits] : options.inherits
    if (inherits) {
      const parents = inherits.map((name) => this.preparer.quote(name))
      clauses.push(`INHERITS ( ${parents.join(', ')} )`)
    }
    if (options.partitionBy) clauses.push(`PARTITION BY ${options.partitionBy}`)
    if (options.using) clauses.push(`USING ${options.using}`)
    if (options.with) clauses.push(`WITH (${storageParameters(options.with)})`)
    if (options.withOids === true) clauses.push('WITH OIDS')
    if (options.withOids === false) clauses.push('WITHOUT OIDS')
    if (options.onCommit) {
      clauses.push(`ON COMMIT ${options.onCommit.replaceAll('_', ' ').toUpperCase()}`)
    }
    if (options.tablespace) clauses.push(`TABLESPACE ${this.preparer.quote(options.tablespace)}`)
    return clauses.map((clause) => `\n ${clause}`).join('')
  }

  protected override visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const { index } = statement
    const unique = index.unique ? 'UNIQUE ' : ''
    const concurrently = indexOptions(index).concurrently === true ? 'CONCURRENTLY ' : ''
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    const head = `CREATE ${unique}INDEX ${concurrently}${exists}${this.indexName(index, false)}`
    const target = `${this.indexedTable(index)} ${this.#indexes.method(index)}`
    return `${head} ON ${target}(${this.indexElements(index)})${this.#indexes.tail(index)}`
  }

  protected override indexElement(index: Index, element: SqlExpression): string {
    return this.#indexes.element(index, element)
  }

  protected override visitDropIndex(statement: DdlOf<'dropIndex'>): string {
    const concurrently = indexOptions(statement.index).concurrently === true ? 'CONCURRENTLY ' : ''
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    return `DROP INDEX ${concurrently}${exists}${this.indexName(statement.index, true)}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { column, newName } = statement
    return `${this.alterTable(statement.table)} RENAME ${this.preparer.quote(column)} TO ${this.preparer.quote(newName)}`
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    const using = statement.using === null ? '' : ` USING ${statement.using}`
    return super.visitAlterColumnType(statement) + using
  }

  protected override visitAlterColumnIdentity(statement: DdlOf<'alterColumnIdentity'>): string {
    const alter = this.alterColumn(statement.table, statement.column)
    const { identity, existingIdentity, existing } = statement
    if (identity === null) return `${alter} DROP IDENTITY`
    if (existing.serverDefault === null) return `${alter} ADD ${this.columns.identity(identity)}`
    return [alter, ...identityChanges(identity, existingIdentity, this.columns)].join(' ')
  }

  protected override visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    if (statement.dialect !== this.traits.name) return super.visitDialectStatement(statement)
    return this.#types.compile(statement.statement as TypeStatement)
  }
}
