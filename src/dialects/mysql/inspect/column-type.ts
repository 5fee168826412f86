import { NullType } from '../../../sql/types/null-type.ts'
import { BINARY, BLOB, VARBINARY } from '../../../sql/types/binary.ts'
import { DATE } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { UUID } from '../../../sql/types/uuid.ts'
import { warn } from '../../../util/warnings.ts'
import * as own from '../types/index.ts'
import type { SetOptions } from '../types/enumerated.ts'
import type { CharacterOptions } from '../types/string.ts'
import { plainText } from './expression-text.ts'

/** What information_schema.COLUMNS says of a column's type. */
export interface ColumnTypeFacts {
  /** COLUMN_TYPE: `int(10) unsigned`, `enum('a','b')`. */
  readonly columnType: string
  /** Set only where it is not the table's own. */
  readonly characters: { readonly charset: string; readonly collation: string } | null
  readonly srid: number | null
}

/** COLUMN_TYPE taken apart. */
interface ParsedType extends ColumnTypeFacts {
  readonly word: string
  readonly numbers: readonly number[]
  readonly values: readonly string[]
  readonly modifiers: { readonly unsigned: boolean; readonly zerofill: boolean }
}

type TypeMaker = (parsed: ParsedType) => TypeEngine

const integer =
  (type: typeof own.INTEGER | typeof own.BIGINT | typeof own.TINYINT): TypeMaker =>
  ({ numbers: [displayWidth], modifiers }) =>
    type({ ...(displayWidth === undefined ? {} : { displayWidth }), ...modifiers })

const decimal =
  (type: typeof own.DECIMAL | typeof own.FLOAT | typeof own.DOUBLE): TypeMaker =>
  ({ numbers: [precision, scale], modifiers }) =>
    type(precision ?? null, scale ?? null, modifiers)

const sized =
  (type: typeof own.CHAR | typeof own.VARCHAR | typeof own.TEXT): TypeMaker =>
  ({ numbers: [length], characters }) =>
    type(length ?? null, characterOptions(characters))

const unsized =
  (type: typeof own.TINYTEXT | typeof own.LONGTEXT): TypeMaker =>
  ({ characters }) =>
    type(characterOptions(characters))

const binary =
  (type: typeof BINARY | typeof VARBINARY): TypeMaker =>
  ({ numbers: [length] }) =>
    type(length ?? null)

const timeOfDay =
  (type: typeof own.TIME | typeof own.DATETIME | typeof own.TIMESTAMP): TypeMaker =>
  ({ numbers: [fsp] }) =>
    type(fsp === undefined ? {} : { fsp })

const spatial =
  (type: typeof own.POINT): TypeMaker =>
  ({ srid }) =>
    type(srid === null ? {} : { srid })

/** How the servers' words become types. */
const TYPE_MAKERS: ReadonlyMap<string, TypeMaker> = new Map<string, TypeMaker>([
  ['tinyint', integer(own.TINYINT)],
  ['smallint', integer(own.SMALLINT)],
  ['mediumint', integer(own.MEDIUMINT)],
  ['int', integer(own.INTEGER)],
  ['bigint', integer(own.BIGINT)],
  ['decimal', decimal(own.DECIMAL)],
  ['float', decimal(own.FLOAT)],
  ['double', decimal(own.DOUBLE)],
  ['bit', ({ numbers: [length] }) => own.BIT(length ?? null)],
  ['year', ({ numbers: [width] }) => own.YEAR(width ?? null)],
  ['date', () => DATE()],
  ['time', timeOfDay(own.TIME)],
  ['datetime', timeOfDay(own.DATETIME)],
  ['timestamp', timeOfDay(own.TIMESTAMP)],
  ['char', sized(own.CHAR)],
  ['varchar', sized(own.VARCHAR)],
  ['tinytext', unsized(own.TINYTEXT)],
  ['text', sized(own.TEXT)],
  ['mediumtext', unsized(own.MEDIUMTEXT)],
  ['longtext', unsized(own.LONGTEXT)],
  ['binary', binary(BINARY)],
  ['varbinary', binary(VARBINARY)],
  ['tinyblob', () => own.TINYBLOB()],
  ['blob', () => BLOB()],
  ['mediumblob', () => own.MEDIUMBLOB()],
  ['longblob', () => own.LONGBLOB()],
  ['enum', ({ values, characters }) => own.ENUM(...values, characterOptions(characters))],
  ['set', ({ values, characters }) => own.SET(...values, setOptions(values, characters))],
  ['json', () => own.JSON()],
  ['uuid', () => UUID()],
  ['inet4', () => own.INET4()],
  ['inet6', () => own.INET6()],
  ['vector', ({ numbers: [dimensions] }) => own.VECTOR(dimensions ?? null)],
  ['geometry', spatial(own.GEOMETRY)],
  ['point', spatial(own.POINT)],
  ['linestring', spatial(own.LINESTRING)],
  ['polygon', spatial(own.POLYGON)],
  ['multipoint', spatial(own.MULTIPOINT)],
  ['multilinestring', spatial(own.MULTILINESTRING)],
  ['multipolygon', spatial(own.MULTIPOLYGON)],
  ['geometrycollection', spatial(own.GEOMETRYCOLLECTION)],
  // MySQL 8 shortens the word.
  ['geomcollection', spatial(own.GEOMETRYCOLLECTION)],
])

/** The type of a column; `NullType`, with a warning, where the server's word is not known. */
export function columnType(facts: ColumnTypeFacts, column: string): TypeEngine {
  const parsed = parse(facts)
  if (new Set(parsed.values).size !== parsed.values.length) {
    // MariaDB's catalog is utf8mb3: every character beyond it is a question mark there, so that values look alike.
    warn(`The catalog shows the values of column '${column}' such that some look the same`)
    return NullType()
  }
  const make = TYPE_MAKERS.get(parsed.word)
  if (make !== undefined) return make(parsed)
  warn(`Did not recognize type '${parsed.word}' of column '${column}'`)
  return NullType()
}

function parse(facts: ColumnTypeFacts): ParsedType {
  const { columnType: text } = facts
  const { word, args, rest } = parted(text)
  const isList = args.startsWith("'")
  return {
    ...facts,
    word: word.toLowerCase(),
    numbers: isList || args === '' ? [] : args.split(',').filter(Boolean).map(Number),
    values: isList
      ? [...args.matchAll(/'((?:''|[^'])*)'/g)].map(([, value = '']) => plainText(value))
      : [],
    modifiers: { unsigned: /\bunsigned\b/i.test(rest), zerofill: /\bzerofill\b/i.test(rest) },
  }
}

/** `decimal(10,2) unsigned` is a word, what is in its parentheses, and what is behind them. */
function parted(text: string): {
  readonly word: string
  readonly args: string
  readonly rest: string
} {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  if (open !== -1 && close > open) {
    const args = text.slice(open + 1, close)
    return { word: text.slice(0, open), args, rest: text.slice(close + 1) }
  }
  const [word = ''] = text.split(/\W/, 1)
  return { word, args: '', rest: text.slice(word.length) }
}

function characterOptions(characters: ColumnTypeFacts['characters']): CharacterOptions {
  return characters ?? {}
}

function setOptions(
  values: readonly string[],
  characters: ColumnTypeFacts['characters'],
): SetOptions {
  return values.includes('')
    ? { ...characterOptions(characters), retrieveAsBitwise: true }
    : characterOptions(characters)
}
