import { parseIndexedColumn } from './indexed-column.ts'
import { splitList, StatementCursor } from './statement-cursor.ts'
import { foldName, isName } from './tokens.ts'

interface ParsedConstraint {
  readonly name: string | null
  /** Written behind a column. */
  readonly inline: boolean
  readonly onConflict: string | null
}

/** A primary key or a unique constraint. */
export interface ParsedKey extends ParsedConstraint {
  readonly columns: readonly string[]
}

export interface ParsedCheck extends ParsedConstraint {
  readonly sqltext: string
}

export interface ParsedForeignKey extends ParsedConstraint {
  readonly columns: readonly string[]
  readonly referredTable: string
  /** Empty where the statement names none: the primary key of the other table. */
  readonly referredColumns: readonly string[]
  readonly ondelete: string | null
  readonly onupdate: string | null
  readonly match: string | null
  readonly deferrable: boolean | null
  readonly initially: string | null
}

/** What SQLite's catalog keeps of a column only in the text of its statement. */
export interface ParsedColumn {
  readonly name: string
  /** Its type as written, quotes included. */
  readonly type: string
  collation: string | null
  onConflictNotNull: string | null
  generated: string | null
}

/** What a CREATE TABLE says, beyond names, types and defaults of its columns. */
export interface ParsedTable {
  readonly columns: ParsedColumn[]
  primaryKey: ParsedKey | null
  readonly uniques: ParsedKey[]
  readonly checks: ParsedCheck[]
  readonly foreignKeys: ParsedForeignKey[]
  autoincrement: boolean
  withoutRowid: boolean
  strict: boolean
  /** Parts that no schema object stands for, as written. */
  readonly notUnderstood: string[]
}

/** Reads a CREATE TABLE as SQLite stores it. What is no such statement (a virtual table, a view) gives an empty answer. */
export function parseCreateTable(sql: string): ParsedTable {
  return new CreateTableParser(sql).parse()
}

class CreateTableParser {
  readonly #cursor: StatementCursor
  readonly #table: ParsedTable = {
    columns: [],
    primaryKey: null,
    uniques: [],
    checks: [],
    foreignKeys: [],
    autoincrement: false,
    withoutRowid: false,
    strict: false,
    notUnderstood: [],
  }

  constructor(sql: string) {
    this.#cursor = new StatementCursor(sql)
  }

  parse(): ParsedTable {
    const cursor = this.#cursor
    cursor.skip('CREATE')
    if (!cursor.skip('TEMP')) cursor.skip('TEMPORARY')
    if (!cursor.skip('TABLE')) return this.#table
    cursor.skip('IF', 'NOT', 'EXISTS')
    cursor.takeName()
    if (cursor.skipMark('.')) cursor.takeName()
    if (!cursor.skipMark('(')) return this.#table
    while (!cursor.done && !cursor.skipMark(')')) this.#parseItem()
    this.#parseOptions()
    return this.#table
  }

  #parseItem(): void {
    const cursor = this.#cursor
    // Constraints of the table need no commas between them.
    if (cursor.skipMark(',')) return
    const start = cursor.at
    // A column may be called "check": only a bare keyword begins a constraint.
    const name = cursor.skip('CONSTRAINT') ? cursor.takeName() : null
    if (this.#parseTableConstraint(name)) return
    const column = name === null ? cursor.takeName() : null
    if (column !== null) {
      this.#parseColumn(column)
      return
    }
    // `CONSTRAINT x` with nothing behind it is allowed, and means nothing.
    if (cursor.at === start) cursor.at++
    this.#table.notUnderstood.push(cursor.textFrom(start))
  }

  #parseTableConstraint(name: string | null): boolean {
    const cursor = this.#cursor
    const start = cursor.at
    if (cursor.skip('PRIMARY', 'KEY')) {
      const columns = this.#keyColumns(start)
      this.#table.primaryKey = { ...this.#constraint(name, false), columns }
    } else if (cursor.skip('UNIQUE')) {
      const columns = this.#keyColumns(start)
      this.#addUnique({ ...this.#constraint(name, false), columns })
    } else if (cursor.skip('CHECK')) {
      this.#parseCheck(name, false)
    } else if (cursor.skip('FOREIGN', 'KEY')) {
      const columns = splitList(cursor.takeParenthesized() ?? '').map(columnName)
      cursor.skip('REFERENCES')
      this.#parseReferences(name, columns, false)
    } else {
      return false
    }
    return true
  }

  /** Of those over the same columns SQLite keeps one, and so does the answer: another one's name has no place in it. */
  #addUnique(unique: ParsedKey): void {
    const { uniques, notUnderstood } = this.#table
    const key = foldedKey(unique)
    const twin = uniques.find((known) => foldedKey(known) === key)
    if (twin !== undefined && unique.name !== null && twin.name !== unique.name) {
      notUnderstood.push(`a second unique constraint over ${unique.columns.join(', ')}`)
    }
    uniques.push(unique)
  }

  #keyColumns(start: number): string[] {
    const cursor = this.#cursor
    const list = splitList(cursor.takeParenthesized() ?? '')
    return list.map((item) => {
      const text = item.replace(/\s+AUTOINCREMENT$/i, '')
      if (text !== item) this.#table.autoincrement = true
      const column = parseIndexedColumn(text)
      if (column.collation !== null || column.descending) {
        this.#table.notUnderstood.push(cursor.textFrom(start))
      }
      return column.name ?? column.expression
    })
  }

  #parseCheck(name: string | null, inline: boolean): void {
    const sqltext = this.#cursor.takeParenthesized() ?? ''
    this.#table.checks.push({ ...this.#constraint(name, inline), sqltext })
  }

  #constraint(name: string | null, inline: boolean): ParsedConstraint {
    return { name, inline, onConflict: this.#onConflict() }
  }

  #onConflict(): string | null {
    return this.#cursor.skip('ON', 'CONFLICT') ? this.#cursor.takeWord() : null
  }

  #parseColumn(name: string): void {
    const type = this.#takeType()
    const unsaid = { collation: null, onConflictNotNull: null, generated: null }
    const column: ParsedColumn = { name, type, ...unsaid }
    this.#table.columns.push(column)
    const cursor = this.#cursor
    while (!cursor.done && cursor.next?.text !== ',' && cursor.next?.text !== ')') {
      const start = cursor.at
      const constraint = cursor.skip('CONSTRAINT') ? cursor.takeName() : null
      if (this.#parseColumnConstraint(column, constraint)) continue
      if (cursor.at === start) cursor.at++
      this.#table.notUnderstood.push(cursor.textFrom(start))
    }
  }

  #takeType(): string {
    const cursor = this.#cursor
    const start = cursor.at
    while (isName(cursor.next) && !COLUMN_CONSTRAINTS.has(cursor.next.text.toUpperCase()))
      cursor.at++
    cursor.takeParenthesized()
    return cursor.at === start ? '' : cursor.textFrom(start)
  }

  #parseColumnConstraint(column: ParsedColumn, name: string | null): boolean {
    const cursor = this.#cursor
    const start = cursor.at
    if (cursor.skip('NOT', 'NULL')) column.onConflictNotNull = this.#onConflict()
    else if (cursor.skip('NULL')) this.#onConflict()
    else if (cursor.skip('DEFAULT')) this.#skipDefault()
    else if (cursor.skip('COLLATE')) column.collation = cursor.takeName()
    else if (cursor.skip('PRIMARY', 'KEY')) this.#parseInlinePrimaryKey(column, name, start)
    else if (cursor.skip('UNIQUE')) {
      this.#addUnique({ ...this.#constraint(name, true), columns: [column.name] })
    } else if (cursor.skip('CHECK')) this.#parseCheck(name, true)
    else if (cursor.skip('REFERENCES')) this.#parseReferences(name, [column.name], true)
    else if (cursor.skip('GENERATED', 'ALWAYS', 'AS') || cursor.skip('AS')) {
      column.generated = cursor.takeParenthesized()
      if (!cursor.skip('STORED')) cursor.skip('VIRTUAL')
    } else return false
    return true
  }

  #skipDefault(): void {
    const cursor = this.#cursor
    if (cursor.takeParenthesized() !== null) return
    if (!cursor.skipMark('-')) cursor.skipMark('+')
    cursor.at++
  }

  #parseInlinePrimaryKey(column: ParsedColumn, name: string | null, start: number): void {
    const cursor = this.#cursor
    if (cursor.skip('DESC')) this.#table.notUnderstood.push(cursor.textFrom(start))
    else cursor.skip('ASC')
    this.#table.primaryKey = { ...this.#constraint(name, true), columns: [column.name] }
    if (cursor.skip('AUTOINCREMENT')) this.#table.autoincrement = true
  }

  #parseReferences(name: string | null, columns: readonly string[], inline: boolean): void {
    const cursor = this.#cursor
    const referredTable = cursor.takeName() ?? ''
    const list = cursor.takeParenthesized()
    const referredColumns = list === null ? [] : splitList(list).map(columnName)
    const actions = { ondelete: null as string | null, onupdate: null as string | null }
    let match: string | null = null
    for (;;) {
      if (cursor.skip('ON', 'DELETE')) actions.ondelete = this.#takeAction()
      else if (cursor.skip('ON', 'UPDATE')) actions.onupdate = this.#takeAction()
      else if (cursor.skip('MATCH')) match = cursor.takeName()
      else break
    }
    const foreignKey = { name, inline, onConflict: null, columns, referredTable, referredColumns }
    this.#table.foreignKeys.push({ ...foreignKey, ...actions, match, ...this.#takeDeferrability() })
  }

  #takeAction(): string {
    const word = this.#cursor.takeWord()
    return word === 'SET' || word === 'NO' ? `${word} ${this.#cursor.takeWord()}` : word
  }

  #takeDeferrability(): Pick<ParsedForeignKey, 'deferrable' | 'initially'> {
    const cursor = this.#cursor
    let deferrable: boolean | null = null
    if (cursor.skip('NOT', 'DEFERRABLE')) deferrable = false
    else if (cursor.skip('DEFERRABLE')) deferrable = true
    return { deferrable, initially: cursor.skip('INITIALLY') ? cursor.takeWord() : null }
  }

  #parseOptions(): void {
    const cursor = this.#cursor
    while (!cursor.done) {
      if (cursor.skip('WITHOUT', 'ROWID')) this.#table.withoutRowid = true
      else if (cursor.skip('STRICT')) this.#table.strict = true
      else if (!cursor.skipMark(',')) {
        this.#table.notUnderstood.push(cursor.rest())
        return
      }
    }
  }
}

/** Words that end a column's type. */
const COLUMN_CONSTRAINTS: ReadonlySet<string> = new Set(
  'CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS FOREIGN'.split(
    ' ',
  ),
)

function foldedKey({ columns }: ParsedKey): string {
  return columns.map(foldName).join('\0')
}

function columnName(text: string): string {
  return parseIndexedColumn(text).name ?? text
}
