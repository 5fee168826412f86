import { ConfigError } from '../errors/config-error.ts'
import { hidePasswords } from '../util/hide-passwords.ts'

/** The options of one section, raw: keys in lower case, values before interpolation. */
export type IniSection = Map<string, string>

/** What an INI file holds. */
export interface IniFile {
  /** `[DEFAULT]`, inherited by every section. */
  readonly defaults: IniSection
  readonly sections: Map<string, IniSection>
}

/** Returns an INI file without sections. */
export function emptyIni(): IniFile {
  return { defaults: new Map(), sections: new Map() }
}

/**
 * Reads the dialect of Python's `configparser`: `key = value` or `key: value`, keys regardless of case, comments (`#`, `;`)
 * on lines of their own, values that go on in indented lines, no option or section twice.
 *
 * @throws ConfigError with file and line where the text is no such file.
 */
export function parseIni(text: string, fileName: string): IniFile {
  return new IniParser(fileName).parse(text)
}

const SECTION = /^\[(.+)\]/
const OPTION = /^(.*?)\s*[=:]\s*(.*)$/

class IniParser {
  readonly #fileName: string
  readonly #file: IniFile = emptyIni()
  #sectionName = ''
  #section: IniSection | null = null
  /** The option that indented lines belong to. */
  #option: { readonly key: string; readonly indent: number; readonly lines: string[] } | null = null

  constructor(fileName: string) {
    this.#fileName = fileName
  }

  parse(text: string): IniFile {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
    for (const [index, line] of lines.entries()) this.#readLine(line, index + 1)
    this.#closeOption()
    return this.#file
  }

  #readLine(line: string, number: number): void {
    const content = line.trim()
    if (content.startsWith('#') || content.startsWith(';')) return
    if (content === '') {
      this.#option?.lines.push('')
      return
    }
    const indent = line.search(/\S/)
    if (this.#option !== null && indent > this.#option.indent) {
      this.#option.lines.push(content)
      return
    }
    this.#closeOption()
    const section = SECTION.exec(content)?.[1]
    if (section !== undefined) this.#openSection(section, number)
    else this.#openOption(content, indent, number)
  }

  #openSection(name: string, number: number): void {
    this.#sectionName = name
    if (name === 'DEFAULT') {
      this.#section = this.#file.defaults
      return
    }
    if (this.#file.sections.has(name)) throw this.#error(number, `section '${name}' already exists`)
    this.#section = new Map()
    this.#file.sections.set(name, this.#section)
  }

  #openOption(content: string, indent: number, number: number): void {
    if (this.#section === null)
      throw this.#error(number, `'${hidePasswords(content)}' stands before the first [section]`)
    const [, name, value] = OPTION.exec(content) ?? []
    if (name === undefined || name === '' || value === undefined)
      throw this.#error(number, `'${hidePasswords(content)}' is no option; expected 'key = value'`)
    const key = name.toLowerCase()
    if (this.#section.has(key))
      throw this.#error(number, `option '${key}' in section '${this.#sectionName}' already exists`)
    this.#section.set(key, '')
    this.#option = { key, indent, lines: [value] }
  }

  #closeOption(): void {
    if (this.#option === null) return
    this.#section?.set(this.#option.key, this.#option.lines.join('\n').trimEnd())
    this.#option = null
  }

  #error(line: number, text: string): ConfigError {
    return new ConfigError(`While reading from '${this.#fileName}' [line ${line}]: ${text}`)
  }
}
