/** A type's SQL taken apart: `NUMERIC(10, 2) UNSIGNED` is a word, further words, and arguments. */
export interface TypeTokens {
  readonly word: string
  readonly furtherWords: readonly string[]
  readonly args: readonly string[]
}

/** Takes a type's SQL apart, in lower case. */
export function tokenizeType(sql: string): TypeTokens {
  const tokens = sql.toLowerCase().match(/[\p{L}\p{N}_-]+|\(.+?\)/gu) ?? []
  const words = tokens.filter((token) => !token.startsWith('('))
  const group = tokens.findLast((token) => token.startsWith('(')) ?? ''
  const args = (group.match(/[^(),]+/g) ?? []).filter((term) => !term.includes('='))
  return {
    word: words[0] ?? '',
    furtherWords: words.slice(1),
    args: args.map((term) => term.trim()),
  }
}

/** Whether two types have the same name, or names that mean the same. */
export function isSameTypeName(
  a: TypeTokens,
  b: TypeTokens,
  synonyms: readonly ReadonlySet<string>[],
): boolean {
  if (a.word === b.word) return true
  const inFull = [a, b].map(({ word, furtherWords }) => [word, ...furtherWords].join(' '))
  const inShort = [a.word, b.word]
  return synonyms.some(
    (batch) => inFull.every((name) => batch.has(name)) || inShort.every((name) => batch.has(name)),
  )
}

/**
 * Whether what follows the names is the same, as far as both say it: `VARCHAR` fits `VARCHAR(20)`.
 *
 * `clauses` find what is compared only where both have it, such as a collation.
 */
export function isSameTypeDetail(
  a: TypeTokens,
  b: TypeTokens,
  clauses: readonly RegExp[],
): boolean {
  if (!isSameList(a.furtherWords, b.furtherWords) || !isSameList(a.args, b.args)) return false
  return clauses.every((clause) => {
    const [first, second] = [a, b].map(
      ({ furtherWords }) => clause.exec(furtherWords.join(' '))?.[1],
    )
    return first === undefined || second === undefined || first === second
  })
}

/** Lists of different length are not compared: one side says less than the other. */
function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length !== b.length || a.every((item, position) => item === b[position])
}
