import type { DialectStatement } from '../../../sql/ddl/statement.ts'
import type { EnumType } from '../../../sql/types/enum.ts'
import type { DomainType } from './domain.ts'

/** The statements that create and drop named types. */
export type TypeStatement =
  | { readonly kind: 'createEnumType'; readonly type: EnumType }
  | { readonly kind: 'dropEnumType'; readonly type: EnumType; readonly ifExists: boolean }
  | { readonly kind: 'createDomainType'; readonly type: DomainType }
  | { readonly kind: 'dropDomainType'; readonly type: DomainType; readonly ifExists: boolean }

/** Options of the statements that drop a type. */
export interface DropTypeOptions {
  readonly ifExists?: boolean
}

function typeStatement(statement: TypeStatement): DialectStatement {
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
