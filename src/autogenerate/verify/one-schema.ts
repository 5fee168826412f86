import type { MigrationScript } from '../../operations/containers.ts'
import type { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { flatOperations } from '../flat-operations.ts'

/**
 * A scratch place stands for the default schema; what names a schema would be done to the user's own tables. Says what names
 * one among models and operations, or null.
 */
export function whatNamesSchema(
  models: readonly MetaData[],
  scripts: readonly MigrationScript[],
): string | null {
  for (const { tables, sequences } of models) {
    for (const table of tables.values()) {
      const found = schemaInTable(table)
      if (found !== null) return found
    }
    for (const { name, schema } of sequences.values()) {
      if (isGiven(schema)) return named(`sequence '${name}'`, schema)
    }
  }
  for (const { upgradeOpsList, downgradeOpsList } of scripts) {
    for (const operation of [...upgradeOpsList, ...downgradeOpsList].flatMap(flatOperations)) {
      const found = Object.entries(operation).find(
        ([key, value]) => /schema$/i.test(key) && isGiven(value),
      )
      if (found !== undefined) return named(operation.constructor.name, found[1])
    }
  }
  return null
}

function schemaInTable(table: TableClass): string | null {
  if (isGiven(table.schema)) return named(`table '${table.name}'`, table.schema)
  for (const column of table.columns) {
    const { schema } = column.type as { readonly schema?: unknown }
    if (isGiven(schema)) return named(`the type of '${table.name}.${column.name}'`, schema)
  }
  for (const { referred } of table.foreignKeyConstraints) {
    if (isGiven(referred.schema)) {
      return named(`a foreign key of '${table.name}'`, referred.schema)
    }
  }
  return null
}

function isGiven(schema: unknown): boolean {
  return schema !== null && schema !== undefined
}

function named(what: string, schema: unknown): string {
  return `${what} names the schema '${String(schema)}', and a scratch place has only a default one`
}
