import { callable, type Callable } from './callable.ts'
import {
  TypeEngine,
  typeNameText,
  type TypeAffinity,
  type TypeArguments,
  type TypeCheck,
  type TypeName,
} from './type-engine.ts'

/** Options of `Boolean`. */
export interface BooleanOptions {
  /** Adds `CHECK (c IN (0, 1))` where the database has no boolean type; `false` unless given. */
  readonly createConstraint?: boolean
  /** Name of that constraint. */
  readonly name?: TypeName
}

class BooleanType extends TypeEngine<boolean> {
  override readonly typeName: string = 'Boolean'
  override readonly affinity: TypeAffinity = 'Boolean'
  readonly createConstraint: boolean
  readonly name: string | null
  /** The name of the CHECK constraint, as it was given. */
  readonly checkName: TypeName | null

  constructor(options: BooleanOptions = {}) {
    super()
    this.createConstraint = options.createConstraint ?? false
    this.checkName = options.name ?? null
    this.name = this.checkName === null ? null : typeNameText(this.checkName)
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.createConstraint) options['createConstraint'] = true
    if (this.name !== null) options['name'] = this.name
    return { positional: [], options }
  }

  override checkConstraint(): TypeCheck | null {
    if (!this.createConstraint) return null
    return { name: this.checkName, values: [0, 1], isNeeded: (native) => !native.boolean }
  }
}

/** True or false; a small integer where the database has no boolean. */
export const Boolean: Callable<typeof BooleanType> = callable(BooleanType)
export type Boolean = BooleanType

class BOOLEANType extends BooleanType {
  override readonly typeName: string = 'BOOLEAN'
}

/** SQL `BOOLEAN`, spelled so on every database that has the word. */
export const BOOLEAN: Callable<typeof BOOLEANType> = callable(BOOLEANType)
export type BOOLEAN = BOOLEANType

class MatchTypeType extends BooleanType {
  override readonly typeName: string = 'MatchType'

  override get visitName(): string {
    return 'Boolean'
  }
}

/** The result of a MATCH operator: a boolean. */
export const MatchType: Callable<typeof MatchTypeType> = callable(MatchTypeType)
export type MatchType = MatchTypeType
