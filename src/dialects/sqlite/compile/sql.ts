import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { SqliteLiteralCompiler } from './literals.ts'
import { usualMoment } from './usual-moment.ts'

const NOT_MOMENTS: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Boolean',
  'Integer',
  'Numeric',
  'String',
] as const)

/** Writes expressions and row statements for SQLite. */
export class SqliteSqlCompiler extends SqlCompiler {
  declare readonly literals: SqliteLiteralCompiler

  protected override bareFunction(name: string): string | undefined {
    // SQLite knows UTC alone; local time is a modifier of its date functions.
    if (name.toLowerCase() === 'localtimestamp') return "DATETIME(CURRENT_TIMESTAMP, 'localtime')"
    return super.bareFunction(name)
  }

  /** Moments have a form of their own. */
  protected override get asGiven(): ReadonlySet<TypeEngine['affinity']> {
    return NOT_MOMENTS
  }

  override binderOf(declared: TypeEngine | null): (given: unknown) => unknown {
    const bind = super.binderOf(declared)
    const type = declared === null ? null : this.types.resolve(declared)
    if (!this.literals.isUsualDateTime(type)) return bind
    return (given) => (typeof given === 'string' ? usualMoment(given) : null) ?? bind(given)
  }

  /** What is bound is stored as it comes: dates in the form that their column's type says. */
  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    const isMoment = typeof value === 'string' || value instanceof Date
    const stored = isMoment ? this.literals.storedMoment(value, type) : null
    return stored ?? super.bindTyped(value, type)
  }
}
