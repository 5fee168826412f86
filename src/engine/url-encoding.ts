/** The query of a URL: one value, or several where a parameter is repeated. */
export type UrlQuery = Readonly<Record<string, string | readonly string[]>>

/** Decodes `%xx`; what isn't an escape stays as it is, as Python's `unquote` does. */
export function decodePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}

/** Encodes all but letters, digits, `_.-~` and the characters of `safe`. */
export function encodePercent(text: string, safe: string): string {
  return text.replaceAll(/[^\w.~-]/gu, (character) =>
    safe.includes(character)
      ? character
      : Buffer.from(character, 'utf8')
          .toString('hex')
          .toUpperCase()
          .replaceAll(/../g, (byte) => `%${byte}`),
  )
}

/** Reads `a=1&b=2&b=3`; a parameter without a value is left out. */
export function parseQuery(text: string): UrlQuery {
  const values = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const value = rest.join('=')
    if (value === '') continue
    const key = decodeParameter(name)
    const list = values.get(key) ?? []
    list.push(decodeParameter(value))
    values.set(key, list)
  }
  return Object.fromEntries(
    [...values].map(([key, list]) => [key, list.length === 1 ? (list[0] ?? '') : list]),
  )
}

/** Writes parameters in the order of their names; what `replace` gives for a name stands there as it is. */
export function renderQuery(
  query: UrlQuery,
  replace: (name: string) => string | undefined,
): string {
  return Object.keys(query)
    .sort()
    .flatMap((name) =>
      [query[name] ?? []]
        .flat()
        .map((value) => `${encodeParameter(name)}=${replace(name) ?? encodeParameter(value)}`),
    )
    .join('&')
}

function decodeParameter(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}

function encodeParameter(text: string): string {
  return encodePercent(text, ' ').replaceAll(' ', '+')
}
