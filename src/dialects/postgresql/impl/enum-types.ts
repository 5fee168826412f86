import { TransactionError } from '../../../errors/driver-error.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type {
  EnumAlteration,
  EnumCreation,
  EnumRemoval,
  EnumTypes,
  EnumValueAddition,
} from '../../../impl/enum-types.ts'
import type { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { DdlStatement } from '../../../sql/ddl/statement.ts'
import type { EnumType } from '../../../sql/types/enum.ts'
import { readEnumUses, type EnumUses } from '../inspect/enum-uses.ts'
import type { TypeCreation } from './type-creation.ts'
import { CreateEnumType, DropEnumType, typeStatement } from '../types/type-statements.ts'

/** What changes of types are carried out with. */
export interface EnumTypesParts {
  readonly impl: MigrationImpl
  readonly creation: TypeCreation
  readonly run: (statement: DdlStatement) => Promise<unknown>
  /** Runs `body` outside any transaction. */
  readonly outside: (body: () => Promise<void>) => Promise<void>
}

const FORMER = 'alembic_former_'

/** How PostgreSQL changes enumeration types. */
export class PostgresqlEnumTypes implements EnumTypes {
  readonly #parts: EnumTypesParts

  constructor(parts: EnumTypesParts) {
    this.#parts = parts
  }

  async create(type: EnumType, { ifNotExists }: EnumCreation): Promise<void> {
    await this.#parts.impl.createType(type, { checkfirst: ifNotExists })
  }

  async drop(type: EnumType, { ifExists }: EnumRemoval): Promise<void> {
    const { creation, run } = this.#parts
    await creation.removal(type, { checkfirst: false })
    await run(DropEnumType(type, { ifExists }))
  }

  /**
   * PostgreSQL 12, ALTER TYPE: in a transaction block a new value can't be used until it is committed; before version 12
   * the statement is refused there.
   */
  async addValue(type: EnumType, addition: EnumValueAddition): Promise<void> {
    this.#parts.creation.noteChange(type)
    const run = async (): Promise<void> => {
      await this.#parts.run(typeStatement({ kind: 'addEnumValue', type, addition }))
    }
    const { serverVersion = [] } = this.#parts.impl.dialect.traits
    const mayStay = (serverVersion[0] ?? 12) >= 12
    if (mayStay && addition.inTransaction) await run()
    else await this.#outside(run, mayStay)
  }

  /** A transaction that the caller began can't be left. */
  async #outside(run: () => Promise<void>, mayStay: boolean): Promise<void> {
    let hasBegun = false
    try {
      await this.#parts.outside(async () => {
        hasBegun = true
        await run()
      })
    } catch (error) {
      if (hasBegun || !mayStay || !(error instanceof TransactionError)) throw error
      await run()
    }
  }

  async renameValue(type: EnumType, from: string, to: string): Promise<void> {
    this.#parts.creation.noteChange(type)
    await this.#parts.run(typeStatement({ kind: 'renameEnumValue', type, from, to }))
  }

  async alter(type: EnumType, { replace }: EnumAlteration): Promise<void> {
    const { impl, run, creation } = this.#parts
    creation.noteChange(type)
    const uses = impl.offline ? null : await this.#usesOf(type)
    const formerName = this.#formerName(type)
    for (const { drop } of uses?.restorable ?? []) await run({ kind: 'ddlText', text: drop })
    await run(typeStatement({ kind: 'renameEnumType', type, newName: formerName }))
    await run(CreateEnumType(type))
    if (uses === null) {
      await run(typeStatement({ kind: 'convertEnumInScript', type, formerName, replace }))
    }
    for (const table of uses?.tables ?? []) {
      const columns = table.columns.map((column) => ({
        ...column,
        default: this.#defaultAfter(type, column.default, replace),
      }))
      const converted = { kind: 'convertEnumColumns', type, table: quoted(table), columns } as const
      await run(typeStatement({ ...converted, replace }))
    }
    await run(DropEnumType(Object.assign(type.clone(), { name: formerName })))
    for (const text of uses?.properties ?? []) await run({ kind: 'ddlText', text })
    for (const { create } of uses?.restorable.toReversed() ?? []) {
      await run({ kind: 'ddlText', text: create })
    }
  }

  /** Throws OperationError where something is in the way. */
  async #usesOf(type: EnumType): Promise<EnumUses> {
    const { sink, dialect } = this.#parts.impl
    const name = dialect.types.compile(type)
    const ask = (sql: string, values: readonly unknown[]): ReturnType<typeof sink.execute> =>
      sink.execute({
        sql,
        parameters: values.map((value, at) => ({ key: `p${at}`, value, type: null })),
      })
    const uses = await readEnumUses(ask, name)
    if (uses.blocking.length === 0) return uses
    throw new OperationError(
      `Type ${name} can't get other values while these depend on it: ${uses.blocking.join(', ')}. Drop them before op.alterEnum(), and create them again after it`,
    )
  }

  /** A name that fits: the server counts bytes. */
  #formerName(type: EnumType): string {
    const longest = this.#parts.impl.dialect.traits.maxIdentifierLength - FORMER.length
    const name = Buffer.from(type.name ?? '')
      .subarray(0, longest)
      .toString()
    // What is left of a character that was cut.
    return FORMER + name.replace(/\uFFFD+$/, '')
  }

  /** A default that is a value which goes becomes the one that takes its place. */
  #defaultAfter(
    type: EnumType,
    text: string | null,
    replace: Readonly<Record<string, string>>,
  ): string | null {
    if (text === null) return null
    const { literals, types } = this.#parts.impl.dialect
    for (const [from, to] of Object.entries(replace)) {
      const [before, after] = [from, to].map((value) => literals.renderString(value, null))
      if (text.startsWith(`${before}::`)) return `${after}::${types.compile(type)}`
    }
    return text
  }
}

function quoted({ schema, name }: { readonly schema: string; readonly name: string }): {
  readonly name: string
  readonly quote: null
  readonly schema: string
} {
  return { name, quote: null, schema }
}
