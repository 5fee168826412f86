import type { Declared, Literal } from './declared.ts'

// What may stand before the header: comments, and imports in one line each.
const BLANK = /(?:\s+|\/\/[^\n]*\n|\/\*[^]*?\*\/)+/y
const IMPORT = /import [^\n'"`;]*(?:'[^'\n\\]*'|"[^"\n\\]*");?[^\S\n]*\n/y
const STRING = String.raw`'[^'\n\\]*'|"[^"\n\\]*"`
const EXPORT = new RegExp(
  String.raw`export const (\w+)(?:: [\w |[\]]+)? = (?:null|(${STRING})|\[((?:(?:${STRING})(?:, ?)?)*)\])(?:;[^\S\n]*\n|\n(?=\s*(?:export |import |\/[/*])))`,
  'y',
)
const ITEM = new RegExp(STRING, 'g')

/**
 * Reads a header that stands as templates and formatters write it; null where anything is out of the ordinary, and the file
 * has to be looked at word by word. Most files are like that, and this takes a fraction of the time.
 */
export function scanWrittenForm(
  source: string,
  names: readonly string[],
): ReadonlyMap<string, Declared> | null {
  const found = new Map<string, Declared>()
  let at = 0
  const past = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match !== null) at += match[0].length
    return match
  }
  for (;;) {
    past(BLANK)
    if (past(IMPORT) !== null) continue
    const declared = past(EXPORT)
    if (declared === null) return null
    const [, name = '', text, list] = declared
    if (!names.includes(name) || found.has(name)) return null
    found.set(name, { literal: literalOf(text, list) })
    if (found.size === names.length) return found
  }
}

function literalOf(text: string | undefined, list: string | undefined): Literal {
  if (text !== undefined) return text.slice(1, -1)
  return list === undefined ? null : (list.match(ITEM) ?? []).map((item) => item.slice(1, -1))
}
