import { randomUUID } from 'node:crypto'

/** Returns a new identifier: the last twelve digits of a random UUID, as Alembic's. */
export function newRevisionId(): string {
  return randomUUID().slice(-12)
}
