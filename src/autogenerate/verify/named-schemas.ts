import type { NamedSchema } from '../../engine/scratch-place.ts'
import type { OpContainer } from '../../operations/containers.ts'
import { nameParts, type NameLike } from '../../sql/elements/identifier.ts'
import type { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { flatOperations } from '../flat-operations.ts'

/** The schemas that models and operations name, each once, with what names it first. */
export function namedSchemas(
  models: readonly MetaData[],
  operations: readonly OpContainer[] = [],
): readonly NamedSchema[] {
  const found = new Map<string, NamedSchema>()
  for (const one of [...models.flatMap(inModels), ...operations.flatMap(inOperations)]) {
    if (!found.has(one.name)) found.set(one.name, one)
  }
  return [...found.values()]
}

function inModels({ tables, sequences }: MetaData): readonly NamedSchema[] {
  const ofSequences = [...sequences.values()].flatMap(({ name, schema }) =>
    named(schema, `sequence '${name}'`),
  )
  return [...[...tables.values()].flatMap(inTable), ...ofSequences]
}

function inTable(table: TableClass): readonly NamedSchema[] {
  const ofTypes = table.columns.flatMap((column) => {
    const { schema } = column.type as { readonly schema?: unknown }
    return named(schema, `the type of '${table.name}.${column.name}'`)
  })
  const ofTargets = table.foreignKeyConstraints.flatMap(({ referred }) =>
    named(referred.schema, `a foreign key of '${table.name}'`),
  )
  return [...named(table.schema, `table '${table.name}'`), ...ofTypes, ...ofTargets]
}

function inOperations(container: OpContainer): NamedSchema[] {
  return flatOperations(container).flatMap((operation) =>
    Object.entries(operation).flatMap(([key, value]) =>
      /schema$/i.test(key) ? named(value, operation.constructor.name) : [],
    ),
  )
}

function named(schema: unknown, namedBy: string): NamedSchema[] {
  if (schema === null || schema === undefined) return []
  return [{ name: nameParts(schema as NameLike).text, namedBy }]
}
