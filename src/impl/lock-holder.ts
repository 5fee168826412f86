import type { QueryResult } from '../engine/driver.ts'
import type { LockHolder } from './migration-lock.ts'

const UNKNOWN: LockHolder = {
  session: null,
  application: null,
  client: null,
  since: null,
  activity: null,
}

/** Somebody, of whom nothing is known but `facts`. */
export function lockHolder(facts: Partial<LockHolder> = {}): LockHolder {
  return { ...UNKNOWN, ...facts }
}

/** Makes a holder of a row whose columns are called as its fields; `null` of no row. */
export function lockHolderOf(row: QueryResult['rows'][number] | undefined): LockHolder | null {
  if (row === undefined) return null
  const { session, application, client, since, activity } = row
  const [a, b, c, d, e] = [session, application, client, since, activity].map(textOf)
  return lockHolder({
    session: a ?? null,
    application: b ?? null,
    client: c ?? null,
    since: d ?? null,
    activity: e ?? null,
  })
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim().replaceAll(/\s+/g, ' ')
  return text === '' ? null : text
}
