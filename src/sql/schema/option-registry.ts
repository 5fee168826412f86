import { SchemaError } from '../../errors/schema-error.ts'
import { closest } from '../../util/closest.ts'
import { warn } from '../../util/warnings.ts'

/** What options of single dialects can be given to: schema objects, and operations that take some of their own. */
export type OptionOwner =
  | 'table'
  | 'column'
  | 'index'
  | 'identity'
  | 'primaryKey'
  | 'unique'
  | 'foreignKey'
  | 'check'
  | 'exclude'
  | 'unknown'
  | 'alterColumn'
  | 'dropColumn'

/** The options that a dialect understands, by what they are given to; `'*'` is any, and what is left out takes none. */
export type KnownOptions = Readonly<Partial<Record<OptionOwner, readonly string[] | '*'>>>

/** Operations that hand their options to the dialect in use, which in the reference ignores what it does not know. */
const OPERATIONS = { alterColumn: 'alterColumn', dropColumn: 'dropColumn' } as const

const OWNER_NAMES: Readonly<Record<OptionOwner, string>> = {
  ...OPERATIONS,
  table: 'tables',
  column: 'columns',
  index: 'indexes',
  identity: 'identities',
  primaryKey: 'primary keys',
  unique: 'unique constraints',
  foreignKey: 'foreign keys',
  check: 'check constraints',
  exclude: 'exclusion constraints',
  unknown: 'constraints of an unknown kind',
}

const registered = new Map<string, KnownOptions | '*'>()

/** Says which options a dialect understands; `'*'` takes all, unchecked. */
export function registerOptions(dialectName: string, known: KnownOptions | '*'): void {
  registered.set(dialectName, known)
}

/**
 * Refuses a mistyped or misplaced option, whatever dialect is in use: on its own database it would be missed.
 * Of a dialect that is not known here it only warns: its package may be installed elsewhere.
 *
 * @throws SchemaError for an option that the dialect does not take on such an object; on an operation it warns
 */
export function assertKnownOptions(
  owner: OptionOwner,
  dialectName: string,
  options: Readonly<Record<string, unknown>>,
): void {
  const known = registered.get(dialectName)
  for (const key of Object.keys(options)) {
    if (known === undefined) {
      warn(`Can't validate option '${key}' of '${dialectName}': there is no dialect of that name`)
      continue
    }
    const taken = known === '*' ? known : (known[owner] ?? [])
    if (taken === '*' || taken.includes(key)) continue
    const problem = describeUnknown(key, dialectName, owner, taken)
    if (!(owner in OPERATIONS)) throw new SchemaError(problem)
    warn(`${problem}; it is ignored`)
  }
}

function describeUnknown(
  key: string,
  dialectName: string,
  owner: OptionOwner,
  taken: readonly string[],
): string {
  const [guess] = closest(key, taken)
  const hint = guess === undefined ? '' : `; did you mean '${guess}'?`
  return `Option '${key}' is not accepted by dialect ${dialectName} on ${OWNER_NAMES[owner]} (accepted there: ${taken.join(', ') || 'none'})${hint}`
}
