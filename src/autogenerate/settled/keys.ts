import type { ReflectedForeignKey } from '../../engine/reflected.ts'
import { referenceSignature } from '../../impl/constraint-signature.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { FactPair } from './settlement.ts'

/** The same columns in the same order, under a name that is not at odds. */
export function settlePrimaryKey(context: AutogenContext, pair: FactPair): boolean {
  const { constrainedColumns, name } = pair.reflected.primaryKey
  const key = pair.metadataTable.primaryKey
  if (!isSameList(constrainedColumns, namesOf(key))) return false
  const resolved = resolveName(key)
  if (resolved === null || name === null || constrainedColumns.length === 0) return true
  return context.dialect.preparer.fitConstraint(resolved) === name
}

/** Each foreign key has one that says the same on the other side. */
export function settleForeignKeys({ dialect }: AutogenContext, pair: FactPair): boolean {
  const { reflected, metadataTable } = pair
  const wanted = metadataTable.foreignKeyConstraints
  const { defaultSchemaName = null } = dialect.traits
  const open = new Set(reflected.foreignKeys.map((key) => factSignature(key, defaultSchemaName)))
  // Two that say the same are looked at closely.
  if (open.size !== reflected.foreignKeys.length || open.size !== wanted.length) return false
  return wanted.every((key) => open.delete(modelSignature(key, defaultSchemaName)))
}

function factSignature(key: ReflectedForeignKey, defaultSchema: string | null): string {
  const { constrainedColumns: columns, referredSchema: schema, referredTable: table } = key
  const referred = { schema, table, columns: key.referredColumns }
  return referenceSignature({ columns, referred, ...key.options }, defaultSchema)
}

function modelSignature(key: ForeignKeyConstraint, defaultSchema: string | null): string {
  const { referred, onupdate, ondelete, initially, deferrable } = key
  const options = { onupdate, ondelete, initially, deferrable }
  return referenceSignature({ columns: namesOf(key), referred, ...options }, defaultSchema)
}

function namesOf({
  columns,
}: {
  readonly columns: readonly { readonly name: string }[]
}): string[] {
  return columns.map(({ name }) => name)
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at])
}
