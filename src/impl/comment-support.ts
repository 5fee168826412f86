import type { DialectTraits } from '../sql/compile/dialect-traits.ts'
import { warn } from '../util/warnings.ts'

/** Which comments a database takes; tells once where some are left out. */
export class CommentSupport {
  readonly #traits: DialectTraits
  readonly #hasStatements: boolean
  #hasWarned = false

  /** `hasStatements`: whether there are statements for comments, although those of models are left out. */
  constructor(traits: DialectTraits, hasStatements: boolean) {
    this.#traits = traits
    this.#hasStatements = hasStatements
  }

  /** Whether a statement for a comment is left out. */
  leavesOutStatements(): boolean {
    return !this.#hasStatements && this.leavesOutModels()
  }

  /** Whether comments of models are left out. */
  leavesOutModels(): boolean {
    const { supportsComments, name } = this.#traits
    if (supportsComments) return false
    if (!this.#hasWarned) {
      warn(
        this.#hasStatements
          ? `Comments of tables and columns are left out on ${name}, as the reference does; op.createTableComment() and op.alterColumn() write them`
          : `Comments are left out: ${name} has no comments on tables and columns`,
      )
    }
    this.#hasWarned = true
    return true
  }
}
