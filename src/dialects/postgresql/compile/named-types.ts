import type { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import type { DialectStatement } from '../../../sql/ddl/statement.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { ArrayType } from '../../../sql/types/array.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { DomainType } from '../types/domain.ts'
import { CreateDomainType, CreateEnumType } from '../types/type-statements.ts'

/** A type as it stands in a table: `inheritSchema` takes the table's schema, for the items of an array too. */
export function typeInSchema(
  types: TypeCompiler,
  declared: TypeEngine,
  schema: string | null,
): TypeEngine {
  const type = types.resolve(declared)
  if (type instanceof ArrayType) {
    const itemType = typeInSchema(types, type.itemType, schema)
    return itemType === type.itemType ? type : Object.assign(type.clone(), { itemType })
  }
  const inherits = (type instanceof EnumType || type instanceof DomainType) && type.inheritSchema
  return inherits && schema !== null ? Object.assign(type.clone(), { schema }) : type
}

/** The reference knows `create_type` of PostgreSQL's own types only. */
function isMadeElsewhere({ traits }: TypeCompiler, type: EnumType | DomainType): boolean {
  const isHeard = type.dialectName !== null || traits.exactlyAsAlembic !== true
  return isHeard && !type.createType
}

/**
 * The statements that create the named types of a table's columns, each once, in the order of the columns; what says
 * `createType: false` is left out.
 */
export function createTypesOf(types: TypeCompiler, table: TableClass): DialectStatement[] {
  const statements = new Map<string, DialectStatement>()
  for (const column of table.columns) {
    let type = typeInSchema(types, column.type, table.schema)
    while (type instanceof ArrayType) type = types.resolve(type.itemType)
    const creates = type instanceof EnumType ? type.nativeEnum : type instanceof DomainType
    if (!creates) continue
    const named = type as EnumType | DomainType
    const key = JSON.stringify([named.schema, named.name])
    if (isMadeElsewhere(types, named) || statements.has(key)) continue
    statements.set(key, named instanceof EnumType ? CreateEnumType(named) : CreateDomainType(named))
  }
  return [...statements.values()]
}
