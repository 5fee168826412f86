import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'

/** The table that most operations change. */
export function createT(options: { readonly schema?: string } = {}): unknown {
  return op.createTable(
    't',
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    sa.Column('a', sa.Integer(), { nullable: false }),
    sa.Column('b', sa.String(20)),
    options,
  )
}

/** A table to refer to. */
export function createO(options: { readonly schema?: string } = {}): unknown {
  return op.createTable(
    'o',
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    options,
  )
}

/** Both, the one that is referred to first. */
export function createBoth(): void {
  void createO()
  void createT()
}
