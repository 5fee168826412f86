import type { TypeAffinity, TypeEngine } from '../../../sql/types/type-engine.ts'

/** What SQLite makes of a value that comes into a column (https://www.sqlite.org/datatype3.html, 3). */
export type StorageAffinity = 'text' | 'numeric' | 'integer' | 'real' | 'none'

/** Rows that would not be the same afterwards. */
export interface Loss {
  /** A condition on a row. */
  readonly sql: string
  /** What such a row holds, after "3 rows hold". */
  readonly what: string
}

/** As section 3.1 of that page derives it from the declared type; in STRICT tables `ANY` takes everything as it is. */
export function storageAffinity(declared: string, isStrict: boolean): StorageAffinity {
  const name = declared.toUpperCase()
  if (isStrict && name === 'ANY') return 'none'
  if (name.includes('INT')) return 'integer'
  if (/CHAR|CLOB|TEXT/.test(name)) return 'text'
  if (name.includes('BLOB') || name === '') return 'none'
  return /REAL|FLOA|DOUB/.test(name) ? 'real' : 'numeric'
}

/** As many digits of a text are sure to come through as a REAL (datatype3.html, 3). */
const SURE_DIGITS = 15
/** As many it takes to write any REAL. */
const MOST_DIGITS = 17

/** Types whose values are text in SQLite, and never numbers. */
const MOMENTS: ReadonlySet<TypeAffinity> = new Set(['Date', 'DateTime', 'Time', 'Interval'])

/** What is lost where values are copied as they are into a column of another affinity. `column` is quoted. */
export function lossesOfCopy(column: string, type: TypeEngine, to: StorageAffinity): Loss[] {
  if (to === 'none' || to === 'text') return []
  // The comparison reads text as a number where the column would ("Type Conversions Prior To Comparison").
  const becomesNumber = `typeof(${column}) = 'text' AND CAST(${column} AS NUMERIC) = ${column}`
  const differs = `CAST(CAST(${column} AS NUMERIC) AS TEXT) <> ${column}`
  const losses: Loss[] = [
    {
      sql: MOMENTS.has(type.affinity) ? becomesNumber : `${becomesNumber} AND ${differs}`,
      what: 'text that SQLite would turn into a number',
    },
  ]
  if (to === 'real') losses.push(tooExact(column))
  return losses
}

/** What is lost where values go through CAST, which makes 0 of what it can't read. `column` is quoted. */
export function lossesOfCast(column: string, type: TypeEngine, to: StorageAffinity): Loss[] {
  const read = `trim(CAST(${column} AS TEXT))`
  const isNumber = `json_valid(${read}) AND json_type(${read}) IN ('integer', 'real')`
  const notNumber: Loss = {
    sql: `typeof(${column}) IN ('text', 'blob') AND NOT (${isNumber})`,
    what: 'something else',
  }
  if (type.affinity === 'Integer') {
    const cut = `CAST(${column} AS NUMERIC) <> CAST(${column} AS INTEGER)`
    return [notNumber, { sql: cut, what: 'something else' }]
  }
  if (type.affinity === 'Boolean' || (type.affinity === 'Numeric' && to !== 'real')) {
    return [notNumber, tooManyDigits(column, SURE_DIGITS)]
  }
  if (type.affinity === 'Numeric') {
    return [notNumber, tooExact(column), tooManyDigits(column, MOST_DIGITS)]
  }
  return to === 'text' ? [notBack(column)] : []
}

/** Integers that no REAL stands for. */
function tooExact(column: string): Loss {
  const number = `CAST(${column} AS NUMERIC)`
  return {
    sql: `typeof(${column}) IN ('text', 'integer') AND typeof(${number}) = 'integer' AND ${number} <> CAST(${column} AS REAL)`,
    what: 'integers that a REAL would round',
  }
}

function tooManyDigits(column: string, most: number): Loss {
  const mantissa = `substr(${column}, 1, instr(lower(${column}) || 'e', 'e') - 1)`
  const digits = `trim(replace(trim(${mantissa}, ' +-'), '.', ''), '0')`
  return {
    sql: `typeof(${column}) = 'text' AND typeof(CAST(${column} AS NUMERIC)) = 'real' AND length(${digits}) > ${most}`,
    what: 'numbers with more digits than SQLite keeps',
  }
}

/** Before 3.44 or so a REAL is written with 15 digits, where it may take 17. */
function notBack(column: string): Loss {
  return {
    sql: `typeof(${column}) = 'real' AND CAST(CAST(${column} AS TEXT) AS REAL) <> ${column}`,
    what: 'numbers with more digits than SQLite writes',
  }
}
