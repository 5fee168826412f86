import type { RenameLedger } from './rename-ledger.ts'

/** What can go on under another name. */
export type RenameKind = 'column' | 'table'

/** A table or column of the database that the models have under another name. */
export interface Rename {
  readonly kind: RenameKind
  /** `null` is the default schema. */
  readonly schema: string | null
  /** The column's table, under the name that the models give it; of a table its new name. */
  readonly table: string
  readonly from: string
  readonly to: string
}

/** What takes the place of something, by its name in the models. */
export interface RenameCandidate {
  readonly name: string
  /** From 0 to 1. */
  readonly score: number
}

/** A table or column that would be dropped while a like one would be added. */
export interface RenameQuestion extends Rename {
  /** How alike they are, from 0 to 1. */
  readonly score: number
  /** All that it may have become, the most likely first. */
  readonly candidates: readonly RenameCandidate[]
}

/** `true`: renamed to `to`; a name: to that one; `false`: dropped, and another added; nothing: no answer. */
export type RenameAnswer = boolean | string | null | undefined

/** Decides about a likely rename. */
export type OnRename = (question: RenameQuestion) => RenameAnswer | Promise<RenameAnswer>

/** `{ 'users.name': 'full_name', users: 'people' }`, or a list of `users.name=full_name`. */
export type RenameHints = Readonly<Record<string, string>> | readonly string[]

/** Who says what was renamed, beside `renamedFrom` in the models. */
export interface RenameSources {
  /** `table.old=new` each; one that fits nothing is an error. */
  readonly requests?: readonly string[]
  /** What of it fits nothing has been done already. */
  readonly hints?: RenameHints
  /** Asked where the environment's `onRename` gives no answer. */
  readonly onRename?: OnRename | null | undefined
  /** Told what became of `requests` in each database; without it, each database must have all of them. */
  readonly ledger?: RenameLedger
}

/** `users.name`, `sales.users.name`; of a table its own name. */
export function renameLabel({ kind, schema, table, from }: Rename): string {
  const parts = kind === 'column' ? [schema, table, from] : [schema, from]
  return parts.filter((part) => part !== null).join('.')
}
