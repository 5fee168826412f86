import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { SqliteLiteralCompiler } from './literals.ts'

/** Writes expressions and row statements for SQLite. */
export class SqliteSqlCompiler extends SqlCompiler {
  declare readonly literals: SqliteLiteralCompiler

  protected override bareFunction(name: string): string | undefined {
    // SQLite knows UTC alone; local time is a modifier of its date functions.
    if (name.toLowerCase() === 'localtimestamp') return "DATETIME(CURRENT_TIMESTAMP, 'localtime')"
    return super.bareFunction(name)
  }

  /** What is bound is stored as it comes: dates in the form that their column's type says. */
  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    const isMoment = typeof value === 'string' || value instanceof Date
    const stored = isMoment ? this.literals.storedMoment(value, type) : null
    return stored ?? super.bindTyped(value, type)
  }
}
