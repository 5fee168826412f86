import type { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'

/** Options that hold text, not a word or a number. */
const TEXT_OPTIONS: ReadonlySet<string> = new Set(['COMMENT', 'PASSWORD', 'CONNECTION'])

/** Options of several words; of all others the underscores are part of the name. */
const SPACED_OPTIONS: ReadonlySet<string> = new Set([
  'DATA_DIRECTORY',
  'INDEX_DIRECTORY',
  'DEFAULT_CHARACTER_SET',
  'CHARACTER_SET',
  'DEFAULT_CHARSET',
  'DEFAULT_COLLATE',
])

/** Options that are written without `=`. */
const BARE_OPTIONS: ReadonlySet<string> = new Set([
  'TABLESPACE',
  'DEFAULT CHARACTER SET',
  'CHARACTER SET',
  'COLLATE',
])

const PARTITION_OPTIONS = [
  'PARTITION_BY',
  'PARTITIONS',
  'SUBPARTITION_BY',
  'SUBPARTITIONS',
  'PARTITION_DEFINITIONS',
  'SUBPARTITION_DEFINITIONS',
] as const

/** The one option that is a phrase. */
const HISTORY = 'systemVersioning'

/** `rowFormat` → `ROW_FORMAT`; names with underscores or spaces are taken as they are. */
function optionName(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(' ', '_')
    .toUpperCase()
}

/** Everything behind the closing parenthesis of a CREATE TABLE. */
export function tableOptionsClause(
  given: Readonly<Record<string, unknown>>,
  comment: string | null,
  literals: LiteralCompiler,
): string {
  const options = new Map<string, string>()
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || key === HISTORY) continue
    const name = optionName(key)
    // oxlint-disable-next-line no-base-to-string -- table options are words, numbers and text
    const text = String(value)
    options.set(name, TEXT_OPTIONS.has(name) ? literals.renderString(text, null) : text)
  }
  if (comment !== null) options.set('COMMENT', literals.renderString(comment, null))
  const isPartition = (name: string): boolean =>
    (PARTITION_OPTIONS as readonly string[]).includes(name)
  const plain = inOrder([...options.keys()].filter((name) => !isPartition(name)))
  const history = given[HISTORY] === true ? ['WITH SYSTEM VERSIONING'] : []
  return [
    ...plain.map((name) => plainOption(name, options.get(name) ?? '')),
    ...history,
    ...partitionClauses(options),
  ].join(' ')
}

/** The server reads a collation as one of the character set that stands before it. */
function inOrder(names: readonly string[]): readonly string[] {
  const collation = names.filter((name) => name === 'COLLATE')
  return [...names.filter((name) => name !== 'COLLATE'), ...collation]
}

function plainOption(name: string, value: string): string {
  const written = SPACED_OPTIONS.has(name) ? name.replaceAll('_', ' ') : name
  return `${written}${BARE_OPTIONS.has(written) ? ' ' : '='}${value}`
}

function partitionClauses(options: ReadonlyMap<string, string>): readonly string[] {
  const clauses: string[] = []
  for (const name of PARTITION_OPTIONS) {
    const value = options.get(name)
    if (value === undefined) continue
    clauses.push(
      name.endsWith('_DEFINITIONS') ? `(${value})` : `${name.replaceAll('_', ' ')} ${value}`,
    )
  }
  return clauses
}
