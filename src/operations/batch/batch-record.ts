import { CommandError } from '../../errors/command-error.ts'
import { OperationError } from '../../errors/operation-error.ts'
import type { EnumTypes } from '../../impl/enum-types.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import type {
  BatchCall,
  ExecutableStatement,
  ExecuteSettings,
  OperationTarget,
} from '../../impl/operation-target.ts'
import type { QueryResult } from '../../engine/driver.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import type { BatchSettings } from './batch-options.ts'

type Arguments<M extends keyof OperationTarget> = OperationTarget[M] extends (
  ...args: infer A
) => unknown
  ? A
  : never

/** Takes down what is asked for within a batch, to be carried out at its end. */
export class BatchRecord implements OperationTarget {
  readonly calls: BatchCall[] = []
  readonly #impl: MigrationImpl
  readonly #settings: BatchSettings

  constructor(impl: MigrationImpl, settings: BatchSettings) {
    this.#impl = impl
    this.#settings = settings
  }

  get dialect(): Dialect {
    return this.#impl.dialect
  }

  /** Types are no part of the table: they change at once, before what the batch records. */
  get enumTypes(): EnumTypes {
    return this.#impl.enumTypes
  }

  /** Whether what was asked for so far means that the table is made anew. */
  get recreates(): boolean {
    const { recreate } = this.#settings
    if (recreate !== 'auto') return recreate === 'always'
    return this.#impl.requiresRecreateInBatch(this.calls)
  }

  /** Statements are run at once, before what the batch records. */
  async execute(statement: ExecutableStatement, settings?: ExecuteSettings): Promise<QueryResult> {
    return await this.#impl.execute(statement, settings)
  }

  async addColumn(...args: Arguments<'addColumn'>): Promise<void> {
    const [, , settings] = args
    const isPlaced = settings?.insertBefore !== undefined || settings?.insertAfter !== undefined
    if (isPlaced && !this.recreates) {
      throw new CommandError(
        "Can't specify insert_before or insert_after when using ALTER; please specify recreate='always'",
      )
    }
    this.calls.push({ method: 'addColumn', args })
  }

  async dropColumn(...args: Arguments<'dropColumn'>): Promise<void> {
    this.calls.push({ method: 'dropColumn', args })
  }

  async alterColumn(...args: Arguments<'alterColumn'>): Promise<void> {
    this.calls.push({ method: 'alterColumn', args })
  }

  async addConstraint(...args: Arguments<'addConstraint'>): Promise<void> {
    this.calls.push({ method: 'addConstraint', args })
  }

  async dropConstraint(...args: Arguments<'dropConstraint'>): Promise<void> {
    this.calls.push({ method: 'dropConstraint', args })
  }

  async createIndex(...args: Arguments<'createIndex'>): Promise<void> {
    this.calls.push({ method: 'createIndex', args })
  }

  async dropIndex(...args: Arguments<'dropIndex'>): Promise<void> {
    this.calls.push({ method: 'dropIndex', args })
  }

  async createTableComment(...args: Arguments<'createTableComment'>): Promise<void> {
    this.calls.push({ method: 'createTableComment', args })
  }

  async dropTableComment(...args: Arguments<'dropTableComment'>): Promise<void> {
    this.calls.push({ method: 'dropTableComment', args })
  }

  async createColumnComment(...args: Arguments<'createColumnComment'>): Promise<void> {
    this.calls.push({ method: 'createColumnComment', args })
  }

  createTable(): Promise<void> {
    return refuse('create a table')
  }

  dropTable(): Promise<void> {
    return refuse('drop a table')
  }

  renameTable(): Promise<void> {
    return refuse('rename a table')
  }

  bulkInsert(): Promise<void> {
    return refuse('insert rows')
  }
}

function refuse(what: string): never {
  throw new OperationError(`Can't ${what} in batch mode; call it on 'op', outside the batch`)
}
