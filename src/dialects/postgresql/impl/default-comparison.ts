import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** Ways to say the beginning of the transaction, as the server writes them. */
const NOW = new Set(['now()', 'current_timestamp', 'transaction_timestamp()'])

/** Whether two defaults, as the server writes them, mean the same for a column of a type. */
export function isSameDefaultText(a: string, b: string, type: TypeEngine): boolean {
  const [first, second] = [normal(a), normal(b)]
  if (first === second) return true
  if (type.affinity !== 'Numeric' && type.affinity !== 'Integer') return false
  // '5.2'::real is another number than 5.2, which has more digits than fit.
  const isRounded = type.typeName === 'REAL' && isQuoted(first) !== isQuoted(second)
  const [x, y] = [decimal(first), decimal(second)]
  return x !== null && x === y && !(isRounded && x.includes('.'))
}

function isQuoted(sql: string): boolean {
  return sql.startsWith("'")
}

/** Without parentheses around the whole and without the casts that the server adds. */
function normal(sql: string): string {
  let text = sql.trim()
  for (;;) {
    const simpler = text
      .replace(/^\(((?:[^()']|'(?:[^']|'')*')*)\)$/s, '$1')
      .replace(
        /^('(?:[^']|'')*'|-?[\d.]+|NULL|[\w.]+\([^()]*\))::[\w ."]+(?:\([\d, ]+\))?(?:\[\])*$/is,
        '$1',
      )
    if (simpler === text) break
    text = simpler.trim()
  }
  const lower = text.toLowerCase()
  return NOW.has(lower) ? 'now()' : text
}

/** A number without what does not change its value: `'1.50'` is `1.5`. */
function decimal(sql: string): string | null {
  const match = /^'?\s*([+-]?)0*(\d*)(?:\.(\d*?)0*)?\s*'?$/.exec(sql)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole === '' && fraction === '' && !/\d/.test(sql)) return null
  const value = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
  return sign === '-' && value !== '0' ? `-${value}` : value
}
