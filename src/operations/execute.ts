import { SqlExpression } from '../sql/elements/expression.ts'
import { OperationError } from '../errors/operation-error.ts'
import { renderCondition } from '../render/sql-expression.ts'
import { call } from '../render/source.ts'
import { stringLiteral } from '../render/literal.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { ExecutableStatement } from '../impl/operation-target.ts'
import type { ExecutionOptions } from '../impl/statement-sink.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'

/** Options of `op.execute()`. */
export interface ExecuteOptions {
  /** Passed on with the statement; what a server can only do for a whole session is refused. */
  readonly executionOptions?: ExecutionOptions | undefined
}

/**
 * Runs a statement, or writes it in `--sql` mode. A string is `sa.text()`: `:name` is a placeholder, `\:` a colon.
 * Rows that come back are dropped: `op.getBind().execute()` returns them.
 *
 * @example
 * await op.execute('DROP VIEW adults')
 * await op.execute(sa.update(account).where(account.c.name.eq('x')).values({ name: 'y' }))
 */
export function execute(
  ctx: OperationContext,
  sqltext: ExecutableStatement,
  options: ExecuteOptions = {},
): Queued<void> {
  return ctx.invoke(new ExecuteSQLOp(sqltext, options))
}

/** Runs a statement. */
export class ExecuteSQLOp extends MigrateOperation {
  sqltext: ExecutableStatement
  executionOptions: ExecutionOptions | undefined

  constructor(sqltext: ExecutableStatement, options: ExecuteOptions = {}) {
    super()
    this.sqltext = sqltext
    this.executionOptions = options.executionOptions
  }

  override async run(ctx: RunContext): Promise<void> {
    await ctx.impl.execute(this.sqltext, { executionOptions: this.executionOptions })
  }

  override render(writer: SourceWriter): void {
    const { sqltext } = this
    if (typeof sqltext === 'string') {
      writer.statement(call(writer.directive('execute'), stringLiteral(sqltext)))
    } else if (sqltext instanceof SqlExpression) {
      writer.statement(call(writer.directive('execute'), renderCondition(sqltext, writer)))
    } else {
      throw new OperationError(
        'Autogenerate rendering of SQL Expression language constructs not supported here; please use a plain SQL string',
      )
    }
  }

  override toDiffTuple(): readonly unknown[] {
    return ['execute', this.sqltext]
  }
}
