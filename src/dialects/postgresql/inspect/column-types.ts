import type { ReflectedDomain } from '../../../engine/reflected.ts'
import { verbatimText } from '../../../sql/elements/placeholders.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { ARRAY, DOMAIN, ENUM, NativeType } from '../types/index.ts'
import type { DomainRow, EnumRow } from './named-types.ts'
import { builtInType, parseFormattedType } from './type-names.ts'

/** A type as a query of the catalog gives it. */
export interface CatalogType {
  /** What `format_type()` says. */
  readonly format: string
  /** OID of the type, or of the items of an array. */
  readonly oid: string
  /** `pg_type.typtype` of that OID: `e` for an enumeration, `d` for a domain. */
  readonly kind: string
  /** The collation, where it isn't the type's own. */
  readonly collation: string | null
}

/** Makes types of what the catalog says; enumerations and domains are looked up in what was read of them. */
export class TypeReader {
  readonly #enums: ReadonlyMap<string, EnumRow>
  readonly #domains: ReadonlyMap<string, DomainRow>

  constructor(enums: readonly EnumRow[], domains: readonly DomainRow[]) {
    this.#enums = new Map(enums.map((row) => [row.oid, row]))
    this.#domains = new Map(domains.map((row) => [row.oid, row]))
  }

  /** The type; a class of this package where there is one, else `NativeType` with the server's own text. */
  read(type: CatalogType): TypeEngine {
    const formatted = parseFormattedType(type.format)
    const item =
      this.#named(type) ??
      builtInType(formatted, type.collation) ??
      NativeType(nativeSql(formatted.element, type.collation))
    return formatted.isArray ? ARRAY(item) : item
  }

  /** What a domain is made of. */
  domain(row: DomainRow): ReflectedDomain {
    return {
      name: row.name,
      schema: row.schema,
      visible: row.visible,
      type: this.read(baseOf(row, row.base)),
      baseType: row.base,
      nullable: !row.not_null,
      default: row.default,
      constraints: checksOf(row),
      collation: row.collation,
    }
  }

  #named(type: CatalogType): TypeEngine | null {
    const found = this.#enums.get(type.oid)
    if (type.kind === 'e' && found !== undefined) {
      return ENUM(...found.labels, {
        name: found.name,
        ...(found.visible ? {} : { schema: found.schema }),
      })
    }
    const domain = this.#domains.get(type.oid)
    return type.kind === 'd' && domain !== undefined ? this.#domainType(domain) : null
  }

  /** As the reference has it: the base type without its arguments, one CHECK, and nothing to create. */
  #domainType(row: DomainRow): TypeEngine {
    const [check] = checksOf(row)
    const dataType = this.read(baseOf(row, row.base.replace(/\(.*\)/, '')))
    return DOMAIN(row.name, dataType, {
      schema: row.visible ? null : row.schema,
      collation: row.collation,
      default: row.default,
      notNull: row.not_null,
      constraintName: check?.name ?? null,
      check: check === undefined ? null : verbatimText(check.check),
      createType: false,
    })
  }
}

function baseOf(row: DomainRow, format: string): CatalogType {
  return { format, oid: row.base_oid, kind: row.base_kind, collation: row.collation }
}

function checksOf(row: DomainRow): readonly { readonly name: string; readonly check: string }[] {
  return (row.checks ?? []).map(({ name, definition }) => ({
    name,
    check: definition.replace(/^CHECK \((.*)\)(?: NOT VALID)?$/s, '$1'),
  }))
}

function nativeSql(element: string, collation: string | null): string {
  return collation === null ? element : `${element} COLLATE "${collation.replaceAll('"', '""')}"`
}
