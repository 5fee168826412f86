import type { DialectStatement } from '../../../sql/ddl/statement.ts'
import type { EnumValueAddition } from '../../../impl/enum-types.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { EnumType } from '../../../sql/types/enum.ts'
import type { DomainType } from './domain.ts'

/** The statements that create and drop named types. */
export type TypeStatement =
  | { readonly kind: 'createEnumType'; readonly type: EnumType }
  | { readonly kind: 'dropEnumType'; readonly type: EnumType; readonly ifExists: boolean }
  | {
      readonly kind: 'addEnumValue'
      readonly type: EnumType
      readonly addition: EnumValueAddition
    }
  | {
      readonly kind: 'renameEnumValue'
      readonly type: EnumType
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'renameEnumType'; readonly type: EnumType; readonly newName: string }
  | ConvertEnumColumns
  | ConvertEnumInScript
  | { readonly kind: 'createDomainType'; readonly type: DomainType }
  | { readonly kind: 'dropDomainType'; readonly type: DomainType; readonly ifExists: boolean }

/** `ALTER TABLE … ALTER COLUMN … TYPE …`, for the columns of a table that are of the type under its former name. */
interface ConvertEnumColumns {
  readonly kind: 'convertEnumColumns'
  readonly type: EnumType
  readonly table: TableReference
  readonly columns: readonly ConvertedColumn[]
  readonly replace: Readonly<Record<string, string>>
}

/** A column of an enumeration type, or of an array of it. */
export interface ConvertedColumn {
  readonly name: string
  readonly isArray: boolean
  /** The default as SQL. */
  readonly default: string | null
}

/** The same for whichever columns the server finds when it runs the script. */
interface ConvertEnumInScript {
  readonly kind: 'convertEnumInScript'
  readonly type: EnumType
  readonly formerName: string
  readonly replace: Readonly<Record<string, string>>
}

/** Options of the statements that drop a type. */
export interface DropTypeOptions {
  readonly ifExists?: boolean
}

/** The statement as data. */
export function typeStatement(statement: TypeStatement): DialectStatement {
  return { kind: 'dialectStatement', dialect: 'postgresql', statement }
}

/**
 * `CREATE TYPE … AS ENUM`, where no table is created with it.
 *
 * @example
 * await op.execute(sa.postgresql.CreateEnumType(sa.Enum('a', 'b', { name: 'letter' })))
 */
export function CreateEnumType(type: EnumType): DialectStatement {
  return typeStatement({ kind: 'createEnumType', type })
}

/** `DROP TYPE`. */
export function DropEnumType(type: EnumType, options: DropTypeOptions = {}): DialectStatement {
  return typeStatement({ kind: 'dropEnumType', type, ifExists: options.ifExists ?? false })
}

/** `CREATE DOMAIN`, where no table is created with it. */
export function CreateDomainType(type: DomainType): DialectStatement {
  return typeStatement({ kind: 'createDomainType', type })
}

/** `DROP DOMAIN`. */
export function DropDomainType(type: DomainType, options: DropTypeOptions = {}): DialectStatement {
  return typeStatement({ kind: 'dropDomainType', type, ifExists: options.ifExists ?? false })
}
