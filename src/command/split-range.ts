import { CommandError } from '../errors/command-error.ts'

/** Splits `from:to`; without a colon there is no `from`. */
export function splitRange(revision: string): [from: string | null, to: string] {
  const [first = '', second, ...more] = revision.split(':')
  if (more.length > 0)
    throw new CommandError(`'${revision}' is no range: expected <fromrev>:<torev>`)
  return second === undefined ? [null, first] : [first, second]
}
