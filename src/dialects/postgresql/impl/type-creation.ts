import type { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { DialectStatement } from '../../../sql/ddl/statement.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { TypeBindOptions, TypeEngine } from '../../../sql/types/type-engine.ts'
import { getLogger } from '../../../util/logging.ts'
import { DomainType } from '../types/domain.ts'
import {
  CreateDomainType,
  CreateEnumType,
  DropDomainType,
  DropEnumType,
  type TypeStatement,
} from '../types/type-statements.ts'

const log = getLogger('alembic.ddl.postgresql')

type CreationStatement = Extract<TypeStatement, { kind: 'createEnumType' | 'createDomainType' }>

/** What a run creates of named types: each once, however many tables have columns of it. */
export class TypeCreation {
  readonly #impl: MigrationImpl
  /** By their names the statements that created them; `null` where the labels have changed since. */
  readonly #created = new Map<string, string | null>()

  constructor(impl: MigrationImpl) {
    this.#impl = impl
  }

  /** Whether a CREATE TYPE or CREATE DOMAIN is still to be run: not where the type is there as it would make it. */
  async isNeeded(statement: DialectStatement): Promise<boolean> {
    const text = this.#impl.dialect.ddl.compile(statement)
    const isThere = await this.#isThere(statement, text)
    const { type } = statement.statement as CreationStatement
    if (!isThere) this.#created.set(this.#nameOf(type), text)
    return !isThere
  }

  /** The statement that creates a type by itself; none where it is there and that was to be checked. */
  async creation(declared: TypeEngine, options: TypeBindOptions): Promise<DialectStatement | null> {
    const type = this.#named(declared)
    if (type === null || (options.checkfirst && (await this.#exists(type)))) return null
    const statement = type instanceof EnumType ? CreateEnumType(type) : CreateDomainType(type)
    this.#created.set(this.#nameOf(type), this.#impl.dialect.ddl.compile(statement))
    return statement
  }

  /** The statement that drops a type; none where it is not there and that was to be checked. */
  async removal(declared: TypeEngine, options: TypeBindOptions): Promise<DialectStatement | null> {
    const type = this.#named(declared)
    if (type === null) return null
    // A script can't look.
    const isMissing = options.checkfirst && !this.#impl.offline && !(await this.#exists(type))
    if (isMissing) return null
    this.#created.delete(this.#nameOf(type))
    return type instanceof EnumType ? DropEnumType(type) : DropDomainType(type)
  }

  #named(declared: TypeEngine): EnumType | DomainType | null {
    const type = this.#impl.dialect.types.resolve(declared)
    if (type instanceof EnumType) return type.nativeEnum ? type : null
    return type instanceof DomainType ? type : null
  }

  async #exists(type: EnumType | DomainType): Promise<boolean> {
    if (this.#impl.offline) return false
    return (await this.#labelsOf(this.#nameOf(type))) !== null
  }

  /** Notes that a type has other labels than it was created with. */
  noteChange(type: EnumType): void {
    this.#created.set(this.#nameOf(type), null)
  }

  #nameOf(type: EnumType | DomainType): string {
    return this.#impl.dialect.types.compile(type)
  }

  async #isThere(statement: DialectStatement, text: string): Promise<boolean> {
    const { type } = statement.statement as CreationStatement
    const name = this.#nameOf(type)
    const created = this.#created.get(name)
    const wasCreated = created === text || created === null
    if (this.#impl.offline) return wasCreated
    const labels = await this.#labelsOf(name)
    // A domain's definition is not compared: it counts as the same where this run made it.
    if (!(type instanceof EnumType)) return wasCreated && labels !== null
    if (labels === null || !isEqual(labels, type.values)) return false
    if (!wasCreated) log.info(`Type ${name} is there already, with the same labels`)
    return true
  }

  /** The labels of a type in their order; none for what is no enumeration, null where there is no such type. */
  async #labelsOf(name: string): Promise<readonly unknown[] | null> {
    const { rows } = await this.#impl.sink.execute({
      sql:
        'SELECT t.oid, e.enumlabel FROM (SELECT to_regtype($1)::oid AS oid) t ' +
        'LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid ' +
        'WHERE t.oid IS NOT NULL ORDER BY e.enumsortorder',
      parameters: [{ key: 'name', value: name, type: null }],
    })
    if (rows.length === 0) return null
    return rows.map((row) => row['enumlabel']).filter((label) => label !== null)
  }
}

function isEqual(labels: readonly unknown[], wanted: readonly string[]): boolean {
  return labels.length === wanted.length && labels.every((label, index) => label === wanted[index])
}
