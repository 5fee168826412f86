import type { EnumType } from '../sql/types/enum.ts'

/** How a type is made. */
export interface EnumCreation {
  /** Leaves a type alone that is there already. */
  readonly ifNotExists: boolean
}

/** How a type is dropped. */
export interface EnumRemoval {
  readonly ifExists: boolean
}

/** A label that a type gets. */
export interface EnumValueAddition {
  readonly value: string
  /** The label that it comes before; with neither it is the last one. */
  readonly before: string | null
  readonly after: string | null
  readonly ifNotExists: boolean
  /** Stays in the transaction of the run, where the server allows that. */
  readonly inTransaction: boolean
}

/** How a type gets other labels. */
export interface EnumAlteration {
  /** What becomes of labels that go: `{ old: 'new' }`. */
  readonly replace: Readonly<Record<string, string>>
}

/** What is done to enumeration types that have names of their own. `type` says which: its labels count only where said. */
export interface EnumTypes {
  /** Makes the type, with its labels. */
  create(type: EnumType, creation: EnumCreation): Promise<void>
  drop(type: EnumType, removal: EnumRemoval): Promise<void>
  addValue(type: EnumType, addition: EnumValueAddition): Promise<void>
  renameValue(type: EnumType, from: string, to: string): Promise<void>
  /** Gives the type the labels of `type`, in their order, in every column that is of it. */
  alter(type: EnumType, alteration: EnumAlteration): Promise<void>
}
