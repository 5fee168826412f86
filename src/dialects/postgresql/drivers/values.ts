import { exactInteger } from '../../../engine/driver.ts'
import { parseArrayLiteral } from './array-literal.ts'

type Parser = (text: string) => unknown

const asText: Parser = (text) => text

// Element OID, array OID (pg_type.dat), parser.
const EXACT_TYPES: readonly (readonly [number, number, Parser])[] = [
  [20, 1016, exactInteger], // int8
  [790, 791, asText], // money
  [1082, 1182, asText], // date
  [1083, 1183, asText], // time
  [1114, 1115, asText], // timestamp
  [1184, 1185, asText], // timestamptz
  [1186, 1187, asText], // interval
  [1266, 1270, asText], // timetz
  [1700, 1231, asText], // numeric
]

/** Parsers by type OID for what the packages would round or turn into a Date, arrays of it included. */
export const exactParsers: Readonly<Record<number, Parser>> = Object.fromEntries(
  EXACT_TYPES.flatMap(([element, array, parse]): [number, Parser][] => [
    [element, parse],
    [array, (text) => parseArrayLiteral(text, parse)],
  ]),
)

/**
 * Dates as text in UTC with the zone: exact for `timestamptz`, and the UTC wall clock for types without a zone, whatever
 * the machine's own zone is.
 */
export function bindValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value === undefined) return null
  return Array.isArray(value) ? value.map(bindValue) : value
}
