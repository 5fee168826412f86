import type { Sequence } from '../schema/sequence.ts'
import type { DdlOf } from './statement.ts'

/**
 * `CREATE SEQUENCE`.
 *
 * @example
 * await op.execute(sa.CreateSequence(sa.Sequence('invoice_number', { start: 1000 })))
 */
export function CreateSequence(
  sequence: Sequence,
  options: { readonly ifNotExists?: boolean } = {},
): DdlOf<'createSequence'> {
  return { kind: 'createSequence', sequence, ifNotExists: options.ifNotExists ?? false }
}

/** `ALTER SEQUENCE`, with the options of `sequence`. */
export function AlterSequence(sequence: Sequence): DdlOf<'alterSequence'> {
  return { kind: 'alterSequence', sequence }
}

/** `DROP SEQUENCE`. */
export function DropSequence(
  sequence: Sequence,
  options: { readonly ifExists?: boolean } = {},
): DdlOf<'dropSequence'> {
  return { kind: 'dropSequence', sequence, ifExists: options.ifExists ?? false }
}

/** `CREATE SCHEMA`. */
export function CreateSchema(
  name: string,
  options: { readonly ifNotExists?: boolean } = {},
): DdlOf<'createSchema'> {
  return { kind: 'createSchema', name, ifNotExists: options.ifNotExists ?? false }
}

/** `DROP SCHEMA`; with `cascade` everything in it goes too. */
export function DropSchema(
  name: string,
  options: { readonly ifExists?: boolean; readonly cascade?: boolean } = {},
): DdlOf<'dropSchema'> {
  const { ifExists = false, cascade = false } = options
  return { kind: 'dropSchema', name, ifExists, cascade }
}
