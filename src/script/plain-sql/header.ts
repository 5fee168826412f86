import { ScriptFileError } from '../../errors/script-error.ts'
import type { RevisionIds } from '../revision.ts'

/** What the comment lines at the top of a revision file in plain SQL say. */
export interface SqlHeader {
  /** `revision`, `downRevision`, `branchLabels`, `dependsOn`, as far as they are there. */
  readonly values: ReadonlyMap<string, RevisionIds>
  /** All of it, without the dashes; the message first. Nothing where there is no message. */
  readonly doc: string
}

// Text that is indented further is text, whatever it says: so are the further lines of a message.
const OURS = /^--[^\S\n]{0,2}(?:revision[^\S\n]*:|(?:upgrade|downgrade)[^\S\n]*$)/im
const SECTION = /^--\s{0,2}(?:upgrade|downgrade)\s*$/i
const LINES = /([^\r\n]*)(?:\r\n|[\r\n]|$)/g
const LINE = /^--\s{0,2}(.*?)\s*$/
const ENTRY = /^([a-z][a-z _-]*?)\s*:\s*(.*)$/i

const NAMES: Readonly<Record<string, string>> = {
  revision: 'revision',
  downrevision: 'downRevision',
  branchlabel: 'branchLabels',
  branchlabels: 'branchLabels',
  dependson: 'dependsOn',
}

/**
 * Reads the header of a revision file in plain SQL; null where the file is none: SQL that a revision reads by itself.
 *
 * @throws ScriptFileError where the file has sections and not the lines that make it a revision.
 */
export function scanSqlHeader(source: string, path: string): SqlHeader | null {
  if (!OURS.test(source)) return null
  const scan = new HeaderScan(path)
  let number = 0
  // No further than the header goes: what follows may be long.
  for (const [, line = ''] of source.replace(/^\uFEFF/, '').matchAll(LINES)) {
    const isHeader = line.trim() === '' || (line.startsWith('--') && !SECTION.test(line))
    if (!isHeader) break
    scan.add(line, ++number)
  }
  return scan.end()
}

class HeaderScan {
  readonly #path: string
  readonly #values = new Map<string, RevisionIds>()
  readonly #message: string[] = []
  readonly #rest: string[] = []

  constructor(path: string) {
    this.#path = path
  }

  add(line: string, number: number): void {
    const text = LINE.exec(line)?.[1] ?? ''
    const [, key = '', value = ''] = ENTRY.exec(text) ?? []
    const entry = key.toLowerCase().replace(/[ _-]/g, '')
    const name = NAMES[entry]
    if (name !== undefined) {
      if (this.#values.has(name))
        throw this.#error(`has '-- ${key}:' a second time, in line ${number}`)
      this.#values.set(name, idsIn(value))
    }
    const isMessage = name === undefined && this.#values.size === 0
    if (isMessage) this.#message.push(entry === 'message' ? value : text.trimStart())
    else this.#rest.push(text.trimStart())
  }

  end(): SqlHeader {
    for (const [name, line] of [
      ['revision', '-- revision: <id>'],
      ['downRevision', "-- down revision: <id of the revision before it, or 'none'>"],
    ] as const)
      if (!this.#values.has(name))
        throw this.#error(`has no line '${line}' among the comment lines at its top`)
    const [message = '', rest] = [this.#message, this.#rest].map((lines) => lines.join('\n').trim())
    // What stands first is taken for the message.
    return { values: this.#values, doc: message === '' ? '' : `${message}\n\n${rest}` }
  }

  #error(what: string): ScriptFileError {
    return new ScriptFileError(`${this.#path} ${what}`, this.#path)
  }
}

/** `none`, or ids separated by commas. */
function idsIn(value: string): RevisionIds {
  const ids = value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  const [only, ...others] = ids
  if (only === undefined || (others.length === 0 && /^none$/i.test(only))) return null
  return others.length === 0 ? only : ids
}
