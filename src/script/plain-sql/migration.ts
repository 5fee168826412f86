import { StatementError } from '../../errors/driver-error.ts'
import { currentContext } from '../../operations/current.ts'
import { execute } from '../../operations/execute.ts'
import type { OperationContext } from '../../operations/operation-context.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'
import type { ScriptStatement } from '../../sql/split/split-script.ts'
import type { Direction, MigrationFunction } from '../script.ts'
import { readSqlSection } from './sections.ts'

/**
 * Makes the function of a revision file in plain SQL: its statements one after the other, as they are.
 *
 * @throws ScriptFileError where the file is not made as it should be.
 */
export function sqlMigration(
  file: { readonly path: string; readonly source: string },
  direction: Direction,
  syntax: ScriptSyntax,
): MigrationFunction {
  const { statements, transaction } = readSqlSection(file, direction, syntax)
  return async () => {
    const context = currentContext('execute')
    const run = async (): Promise<void> => {
      for (const statement of statements) await runStatement(context, file.path, statement)
    }
    if (transaction) await run()
    else await context.migrationContext.autocommitBlock(run)
  }
}

/** Runs a statement as `op.execute()` would, but for colons, which begin no parameter. */
async function runStatement(
  context: OperationContext,
  path: string,
  { sql, line }: ScriptStatement,
): Promise<void> {
  try {
    await execute(context, { sql })
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    const { message, cause } = error
    throw new StatementError(`${message} (${path}:${line})`, sql, { cause })
  }
}
