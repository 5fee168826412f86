import { BOOLEAN } from '../../../sql/types/boolean.ts'
import { declaredAs } from '../../../sql/types/native-type.ts'
import {
  BIGINT,
  DOUBLE_PRECISION,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
} from '../../../sql/types/numeric.ts'
import { CHAR, String as GenericString, TEXT, VARCHAR } from '../../../sql/types/string.ts'
import { DATE } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { UUID } from '../../../sql/types/uuid.ts'
import * as postgresql from '../types/index.ts'
import { WordType } from '../types/word-type.ts'

/** What `format_type()` says about a type, taken apart. */
export interface FormattedType {
  /** The name without arguments and brackets: `timestamp with time zone`. */
  readonly name: string
  /** What stands in the parentheses. */
  readonly args: readonly string[]
  readonly isArray: boolean
  /** All of it but the brackets: `numeric(10,2)`. */
  readonly element: string
}

/** Takes `timestamp(3) with time zone[]` apart. */
export function parseFormattedType(text: string): FormattedType {
  const element = text.replace(/(?:\[\])+$/, '')
  const args = /\((.*)\)/.exec(element)?.[1]
  return {
    name: element.replace(/\(.*\)/, ''),
    args: args === undefined || args === '' ? [] : args.split(/\s*,\s*/),
    isArray: element !== text,
    element,
  }
}

type TypeReader = (args: readonly number[], collation: string | null) => TypeEngine

const word =
  (type: () => TypeEngine): TypeReader =>
  () =>
    type()

const withPrecision = ([precision]: readonly number[]): { precision?: number } =>
  precision === undefined ? {} : { precision }

const withLength = (
  [length]: readonly number[],
  collation: string | null,
): { length?: number; collation?: string } => ({
  ...(length === undefined ? {} : { length }),
  ...(collation === null ? {} : { collation }),
})

const READERS: Readonly<Record<string, TypeReader>> = {
  integer: word(INTEGER),
  bigint: word(BIGINT),
  smallint: word(SMALLINT),
  numeric: ([precision, scale]) =>
    precision === undefined || scale === undefined ? NUMERIC() : NUMERIC(precision, scale),
  real: word(REAL),
  'double precision': () => DOUBLE_PRECISION(53),
  boolean: word(BOOLEAN),
  uuid: word(UUID),
  date: word(DATE),
  bytea: word(postgresql.BYTEA),
  text: (args, collation) => TEXT(withLength(args, collation)),
  'character varying': (args, collation) => VARCHAR(withLength(args, collation)),
  character: (args, collation) => CHAR(withLength(args, collation)),
  citext: (args, collation) => postgresql.CITEXT(withLength(args, collation)),
  // Texts, as the reference has them; a migration that makes such a column again says which.
  name: (args, collation) => declaredAs(GenericString(withLength(args, collation)), 'name'),
  '"char"': (args, collation) => declaredAs(GenericString(withLength(args, collation)), '"char"'),
  bit: ([length]) => postgresql.BIT(length),
  'bit varying': ([length]) =>
    postgresql.BIT({ varying: true, ...(length === undefined ? {} : { length }) }),
  'timestamp with time zone': (args) =>
    postgresql.TIMESTAMP({ timezone: true, ...withPrecision(args) }),
  'timestamp without time zone': (args) => postgresql.TIMESTAMP(withPrecision(args)),
  'time with time zone': (args) => postgresql.TIME({ timezone: true, ...withPrecision(args) }),
  'time without time zone': (args) => postgresql.TIME(withPrecision(args)),
  json: word(postgresql.JSON),
  jsonb: word(postgresql.JSONB),
  hstore: word(postgresql.HSTORE),
}

function isWordType(value: unknown): value is () => TypeEngine {
  return typeof value === 'function' && value.prototype instanceof WordType
}

/** Types whose class is called as the server calls them, in upper case. */
const WORDS: Readonly<Record<string, () => TypeEngine>> = Object.fromEntries(
  Object.entries(postgresql).flatMap(([name, type]): [string, () => TypeEngine][] =>
    isWordType(type) ? [[name.toLowerCase(), type]] : [],
  ),
)

/** The built-in type of that name; null for what is not built in, or has no class. */
export function builtInType(
  { name, args }: FormattedType,
  collation: string | null,
): TypeEngine | null {
  const interval = /^interval(?: (.+))?$/.exec(name)
  if (interval !== null) {
    const [, fields] = interval
    const numbers = args.map(Number)
    return postgresql.INTERVAL({
      ...withPrecision(numbers),
      ...(fields === undefined ? {} : { fields }),
    })
  }
  const reader = READERS[name]
  if (reader !== undefined) return reader(args.map(Number), collation)
  return WORDS[name]?.() ?? null
}
