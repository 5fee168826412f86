import { CommandError } from '../../errors/command-error.ts'
import { readRequest } from './requests.ts'
import type { RenameHints } from './rename.ts'

/**
 * Reads a file of renames: JSON, an object or a list, or a line `table.old = new` for each, `#` before remarks.
 *
 * @throws CommandError with file and line
 */
export function parseRenamesFile(text: string, path: string): RenameHints {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, at) => ({ line: line.trim(), number: at + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
  if (/^[{[]/.test(lines[0]?.line ?? '')) return new JsonRenames(text, path).read()
  for (const { line, number } of lines) assertRename(line, path, number)
  return lines.map(({ line }) => line)
}

function assertRename(text: string, path: string, line: number): void {
  try {
    readRequest(text, false)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${path}:${line}: ${message}`, { cause })
  }
}

interface Token {
  readonly text: string
  readonly line: number
}

/** Blanks, or one token; what is no JSON is a token of one character. */
const TOKEN = /\s+|"(?:[^"\\\n]|\\.)*"|[\w.+-]+|./gsu
const END = 'the end of the file'

/**
 * The one object or list of strings that a renames file in JSON is. `JSON.parse()` does not tell the line in every version
 * of Node, lets the last of two equal keys win, and does not know what belongs here.
 */
class JsonRenames {
  readonly #path: string
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(text: string, path: string) {
    this.#path = path
    let line = 1
    const tokens: Token[] = []
    for (const [part] of text.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
      if (part.trim() !== '') tokens.push({ text: part, line })
      line += part.split('\n').length - 1
    }
    this.#tokens = [...tokens, { text: END, line }]
  }

  read(): RenameHints {
    const { text } = this.#next()
    const found = text === '{' ? this.#object() : this.#list()
    this.#expect(END)
    return found
  }

  #object(): Readonly<Record<string, string>> {
    const renames = new Map<string, string>()
    this.#items('}', () => {
      const { line } = this.#peek()
      const from = this.#string()
      this.#expect(':')
      const to = this.#string()
      if (renames.has(from)) throw this.#error(line, `'${from}' is renamed twice`)
      assertRename(`${from}=${to}`, this.#path, line)
      renames.set(from, to)
    })
    return Object.fromEntries(renames)
  }

  #list(): readonly string[] {
    const renames: string[] = []
    this.#items(']', () => {
      const { line } = this.#peek()
      const rename = this.#string()
      assertRename(rename, this.#path, line)
      renames.push(rename)
    })
    return renames
  }

  /** Reads what commas part, up to `close`. */
  #items(close: string, readItem: () => void): void {
    if (this.#peek().text === close) {
      this.#next()
      return
    }
    for (;;) {
      readItem()
      const { text, line } = this.#next()
      if (text === close) return
      if (text !== ',') throw this.#noJson(line, `',' or '${close}'`, text)
    }
  }

  #string(): string {
    const { text, line } = this.#next()
    if (text.length > 1 && text.startsWith('"')) {
      try {
        return JSON.parse(text) as string
      } catch {
        throw this.#noJson(line, 'a string', text)
      }
    }
    if (!/^(?:[{[]|-?\d|true$|false$|null$)/.test(text)) throw this.#noJson(line, 'a string', text)
    throw this.#error(
      line,
      `old and new names must be strings, as in {"users.name": "full_name"}, and not ${text}`,
    )
  }

  #expect(wanted: string): void {
    const { text, line } = this.#next()
    if (text !== wanted) throw this.#noJson(line, wanted === END ? wanted : `'${wanted}'`, text)
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { text: END, line: 0 }
  }

  #next(): Token {
    const token = this.#peek()
    this.#at += 1
    return token
  }

  #noJson(line: number, wanted: string, found: string): CommandError {
    const what = found === END ? found : `'${found}'`
    return new CommandError(
      `${this.#path} begins like JSON and is none: line ${line} has ${what} where ${wanted} should be`,
    )
  }

  #error(line: number, text: string): CommandError {
    return new CommandError(`${this.#path}:${line}: ${text}`)
  }
}
