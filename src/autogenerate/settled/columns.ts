import type { AutogenContext } from '../autogen-context.ts'
import type { FactPair } from './settlement.ts'

/** NULL is allowed in the same columns. */
export function settleNullable(_context: AutogenContext, { columns }: FactPair): boolean {
  return columns.every(({ reflected, metadata }) => reflected.nullable === metadata.nullable)
}

/** All types are the same by their texts, and nobody has a word of their own in it. */
export function settleTypes(
  { comparison, dialect, opts }: AutogenContext,
  pair: FactPair,
): boolean {
  if (typeof opts.compareType === 'function') return false
  return pair.columns.every(({ reflected, metadata }) => {
    if (reflected.type.affinity === 'Null' || metadata.type.affinity === 'Null') return false
    if ('compareAgainstBackend' in metadata.type.forDialect(dialect.name)) return false
    return comparison.isSameTypeByText(reflected.type, metadata)
  })
}

/** No column is generated or numbered, and no default is to be compared. */
export function settleDefaults({ opts }: AutogenContext, { columns }: FactPair): boolean {
  const isCompared = (opts.compareServerDefault ?? false) !== false
  return columns.every(({ reflected, metadata: { serverDefault } }) => {
    if (reflected.computed !== undefined || reflected.identity !== undefined) return false
    if (serverDefault === null) return !isCompared || reflected.default === null
    return !isCompared && serverDefault.kind === 'default'
  })
}

export function settleComments({ dialect }: AutogenContext, pair: FactPair): boolean {
  if (!dialect.traits.supportsComments) return true
  return (
    pair.reflected.comment === pair.metadataTable.comment &&
    pair.columns.every(
      ({ reflected, metadata }) => (reflected.comment ?? null) === metadata.comment,
    )
  )
}

/** For what only adds to changes that others find. */
export function settleAlways(): boolean {
  return true
}
