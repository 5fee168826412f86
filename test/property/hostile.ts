import fc from 'fast-check'

/** What ends a literal, a name, a comment or a statement somewhere, or is read as a placeholder by something. */
const SNIPPETS = [
  ...["'", "''", "\\'", "'''", '"', '""', '`', '``', '[', ']', '{', '}', '(', ')', '\\', '\\\\'],
  ...[
    ';--',
    '; DROP TABLE x; --',
    '--',
    '#',
    '/*',
    '*/',
    '/*! 1 */',
    '$$',
    '$a$',
    '$1',
    '@1',
    '@@x',
  ],
  ...['%', '%%', '%s', '%(a)s', ':name', ':a:', '::int', '\\:', '\\:x', '?', '??', '&', '|', '||'],
  ...[
    '\n',
    '\r\n',
    '\n\t',
    '\t',
    ' ',
    '  ',
    '.',
    ',',
    '-',
    '_',
    '=',
    '~',
    '^',
    '!',
    '0',
    '1a',
    '9',
  ],
  ...[
    'SELECT',
    'Order',
    'user',
    'UPPER',
    'mixedCase',
    'null',
    'x',
    "E'\\n'",
    "X'00'",
    '\\n',
    '\\0',
  ],
  ...[
    'é',
    'e\u0301',
    'ß',
    'İ',
    'ı',
    '漢',
    '\u200B',
    '\u202E',
    '\u2028',
    '\uFEFF',
    '\u00A0',
    '\u0001',
  ],
  ...['\u007F', '\u001A', '😀', '𝒳', '\u{10FFFF}'],
]

/** Any text without NUL: well-formed, as no database stores half of a surrogate pair. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join('').replaceAll('\0', ''))

/** What a database asks of a name, beyond our quoting it. */
export interface NameRules {
  /** Whether the database can store this name. */
  readonly fits: (name: string) => boolean
  /** Names that the database takes for the same have the same fold. */
  readonly fold: (name: string) => string
  /** Fills a name up to the longest that is allowed. */
  readonly pad: (name: string) => string
}

/** Names that the database can store, all different for it. */
export function hostileNames(count: number, rules: NameRules): fc.Arbitrary<string[]> {
  const name = fc
    .tuple(hostileText, fc.boolean())
    .map(([text, long]) => (long ? rules.pad(text) : text))
    .filter((text) => text !== '' && rules.fits(text))
  return fc.uniqueArray(name, { minLength: count, maxLength: count, selector: rules.fold })
}
