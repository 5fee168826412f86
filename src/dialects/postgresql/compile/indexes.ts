import { quoteColumnKeys } from '../../../sql/compile/column-keys.ts'
import type { IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import {
  LiteralColumn,
  OrderModifier,
  TextClause,
  type SqlExpression,
} from '../../../sql/elements/expression.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { PostgresqlIndexOptions } from '../types/dialect-options.ts'
import { indexMethod, nullsDistinct, storageParameters } from './index-clauses.ts'
import { indexOptions } from './own-options.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'

const ORDERING = {
  asc: ' ASC',
  desc: ' DESC',
  nullsFirst: ' NULLS FIRST',
  nullsLast: ' NULLS LAST',
} as const

/** Writes what CREATE INDEX says behind the table. */
export class IndexClauses {
  readonly #sql: PostgresqlSqlCompiler
  readonly #preparer: IdentifierPreparer

  constructor(sql: PostgresqlSqlCompiler) {
    this.#sql = sql
    this.#preparer = sql.preparer
  }

  /** `USING gin ` in front of the elements. */
  method(index: Index): string {
    const { using } = indexOptions(index)
    return using === null || using === undefined ? '' : `USING ${indexMethod(using)} `
  }

  /** An element: its expression, its operator class, its ordering. */
  element(index: Index, element: SqlExpression): string {
    let ordering = ''
    let target = element
    while (target instanceof OrderModifier) {
      ordering = ORDERING[target.modifier] + ordering
      target = target.of
    }
    const expression = this.#sql.grouped(target)
    const opclass = this.#opclass(index, target, expression)
    return `${expression}${opclass === undefined ? '' : ` ${opclass}`}${ordering}`
  }

  /** Everything behind the elements. */
  tail(index: Index): string {
    const { nullsNotDistinct, with: parameters, tablespace, where } = indexOptions(index)
    const storage =
      parameters === null || parameters === undefined || Object.keys(parameters).length === 0
        ? ''
        : ` WITH (${storageParameters(parameters)})`
    const place =
      tablespace === null || tablespace === undefined
        ? ''
        : ` TABLESPACE ${this.#preparer.quote(tablespace)}`
    return `${this.#include(index)}${nullsDistinct(nullsNotDistinct)}${storage}${place}${this.#where(where)}`
  }

  #include(index: Index): string {
    const { include } = indexOptions(index)
    if (include === null || include === undefined || include.length === 0) return ''
    return ` INCLUDE (${quoteColumnKeys(this.#preparer, index.table, include)})`
  }

  #where(where: PostgresqlIndexOptions['where']): string {
    if (where === null || where === undefined) return ''
    const condition = typeof where === 'string' ? new TextClause(where) : where
    return ` WHERE ${this.#sql.compileForDdl(condition)}`
  }

  /** Operator classes go by column, or by the expression's SQL as reflection gives it. */
  #opclass(index: Index, target: SqlExpression, sql: string): string | undefined {
    const ops = indexOptions(index).ops ?? {}
    if (target instanceof ColumnExpression) return ops[target.name]
    return target instanceof LiteralColumn ? (ops[target.text] ?? ops[sql]) : ops[sql]
  }
}
