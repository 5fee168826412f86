import type { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { DialectStatement } from '../../../sql/ddl/statement.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import { getLogger } from '../../../util/logging.ts'
import type { TypeStatement } from '../types/type-statements.ts'

const log = getLogger('alembic.ddl.postgresql')

/** What a run creates of named types: each once, however many tables have columns of it. */
export class TypeCreation {
  readonly #impl: MigrationImpl
  readonly #created = new Set<string>()

  constructor(impl: MigrationImpl) {
    this.#impl = impl
  }

  /** Whether a CREATE TYPE or CREATE DOMAIN is still to be run: not where the type is there as it would make it. */
  async isNeeded(statement: DialectStatement): Promise<boolean> {
    const text = this.#impl.dialect.ddl.compile(statement)
    const isThere = await this.#isThere(statement, text)
    this.#created.add(text)
    return !isThere
  }

  async #isThere(statement: DialectStatement, text: string): Promise<boolean> {
    const wasCreated = this.#created.has(text)
    if (this.#impl.offline) return wasCreated
    const { type } = statement.statement as TypeStatement
    const name = this.#impl.dialect.types.compile(type)
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
