import { CompileError } from '../../../errors/compile-error.ts'
import type { StorageParameters } from '../types/dialect-options.ts'

/** An index method (`gin`): a word, because it goes into SQL as it is. */
export function indexMethod(method: string): string {
  if (/^[a-z_][a-z0-9_]*$/i.test(method)) return method.toLowerCase()
  throw new CompileError(`'${method}' is not the name of an index method`)
}

/** ` NULLS NOT DISTINCT`, as far as said. Server 15 and later. */
export function nullsDistinct(nullsNotDistinct: boolean | null | undefined): string {
  if (nullsNotDistinct === null || nullsNotDistinct === undefined) return ''
  return nullsNotDistinct ? ' NULLS NOT DISTINCT' : ' NULLS DISTINCT'
}

/** Storage parameters: `fillfactor = 50, fastupdate = off`. */
export function storageParameters(parameters: StorageParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => (value === null ? name : `${name} = ${String(value)}`))
    .join(', ')
}
