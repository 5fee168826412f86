import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { assertStorable } from '../../../sql/compile/storable-text.ts'

/** SQL with names in it as a string, as procedures take it. The reference leaves a quote in it alone: a syntax error. */
export function nameString(text: string, { exactlyAsAlembic }: DialectTraits): string {
  assertStorable(text, 'Identifier')
  return `'${exactlyAsAlembic === true ? text : text.replaceAll("'", "''")}'`
}
