import { brand } from '../../util/brand.ts'
import { joinName, nameParts, type NameLike } from '../elements/identifier.ts'
import { splitOptions, type DialectOptions } from './dialect-options.ts'
import type { OwnerTable } from './owner.ts'

/** The kinds of constraint; `unknown` where only a name was given, to drop it. */
export type ConstraintKind =
  | 'primaryKey'
  | 'unique'
  | 'foreignKey'
  | 'check'
  | 'exclude'
  | 'unknown'

/** Options that every constraint takes. */
export interface ConstraintOptions {
  /** Name; without one a naming convention or the server makes it. */
  readonly name?: NameLike | null
  readonly deferrable?: boolean | null
  /** `DEFERRED` or `IMMEDIATE`. */
  readonly initially?: string | null
  readonly comment?: string | null
  readonly info?: Record<string, unknown>
}

/** Constraint options of single dialects; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectConstraintOptions {}

const CONSTRAINT_KEYS = ['name', 'deferrable', 'initially', 'comment', 'info'] as const

let created = 0

/** What all constraints share. The name is as given: `naming.ts` says what it becomes. */
export abstract class Constraint {
  static {
    brand(this, 'Constraint')
  }

  abstract readonly kind: ConstraintKind
  name: string | null
  readonly nameIsFinal: boolean
  readonly quote: boolean | null
  readonly deferrable: boolean | null
  readonly initially: string | null
  readonly comment: string | null
  readonly info: Record<string, unknown>
  readonly dialectOptions: DialectOptions
  /** Rises with every constraint made: CREATE TABLE lists constraints in this order. */
  readonly creationOrder: number = ++created
  table: OwnerTable | null = null
  /** Made by the table from a column's options: copying the column makes it again. */
  implicit = false

  constructor(
    kind: ConstraintKind,
    options: ConstraintOptions & DialectConstraintOptions,
    ownKeys: readonly string[] = [],
  ) {
    const target = { kind, label: 'A constraint' }
    const { own, dialects } = splitOptions(target, options, [...CONSTRAINT_KEYS, ...ownKeys])
    const given = own as ConstraintOptions
    const parts = given.name === undefined || given.name === null ? null : nameParts(given.name)
    this.name = parts?.text ?? null
    this.nameIsFinal = parts?.isFinal ?? false
    this.quote = parts?.quote ?? null
    this.deferrable = given.deferrable ?? null
    this.initially = given.initially ?? null
    this.comment = given.comment ?? null
    this.info = given.info ?? {}
    this.dialectOptions = dialects
  }

  /** The options that make this constraint again, except those of its own kind. */
  protected commonOptions(): ConstraintOptions & DialectConstraintOptions {
    return {
      name: this.name === null ? null : joinName(this.name, this.quote, this.nameIsFinal),
      deferrable: this.deferrable,
      initially: this.initially,
      comment: this.comment,
      info: this.info,
      ...this.dialectOptions,
    }
  }

  /** A copy that belongs to no table. */
  abstract copy(): Constraint
}
