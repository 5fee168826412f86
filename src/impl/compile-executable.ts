import { OperationError } from '../errors/operation-error.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { CompiledSql } from '../sql/compile/compiled-sql.ts'
import { SqlExpression, TextClause } from '../sql/elements/expression.ts'
import { Delete, Insert, Update } from '../sql/elements/statements.ts'
import type { ExecutableStatement } from './operation-target.ts'

/** Makes SQL of whatever `op.execute()` takes. */
export function compileExecutable(
  statement: ExecutableStatement,
  dialect: Dialect,
  literalBinds: boolean,
): CompiledSql {
  if (typeof statement === 'string') {
    return dialect.sql.compile(new TextClause(statement), { literalBinds })
  }
  if (statement instanceof SqlExpression) return dialect.sql.compile(statement, { literalBinds })
  if (statement instanceof Insert || statement instanceof Update || statement instanceof Delete) {
    return dialect.sql.compile(statement, { literalBinds })
  }
  if ('kind' in statement) return { sql: dialect.ddl.compile(statement), parameters: [] }
  if (typeof statement.sql === 'string') {
    const values = statement.parameters ?? []
    const parameters = values.map((value, position) => ({
      key: `${position + 1}`,
      value,
      type: null,
    }))
    return { sql: statement.sql, parameters }
  }
  throw new OperationError(
    'execute() takes SQL text, an expression, an INSERT, UPDATE or DELETE, or a DDL statement',
  )
}
