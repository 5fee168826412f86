import { uniqueFromReflection } from '../../engine/table-from-reflection.ts'
import { CreateCheckConstraintOp } from '../../operations/create-check-constraint.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import { CreateIndexOp, DropIndexOp } from '../../operations/create-index.ts'
import { CreatePrimaryKeyOp } from '../../operations/create-primary-key.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import { DropConstraintOp } from '../../operations/drop-constraint.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { reflectedChecks } from './check-constraints.ts'
import { dropOf, namedCheck, soleColumn, withName } from './constraint-names.ts'
import { tableLabel } from './existing-table.ts'
import { reflectedIndex } from './indexes.ts'

type Operation = MigrateOperation<unknown>

/** How something that stays is taken away, and made again. */
export interface Kept {
  readonly drop: Operation
  readonly make: Operation
}

/** What of a table is on some of its columns. */
export class ComputedUsers {
  readonly #context: AutogenContext
  readonly #schema: string | null
  readonly #table: TableClass
  readonly #columns: readonly string[]

  constructor(
    context: AutogenContext,
    schema: string | null,
    table: TableClass,
    columns: readonly string[],
  ) {
    this.#context = context
    this.#schema = schema
    this.#table = table
    this.#columns = columns
  }

  /** Whether an operation makes something that is on the column. */
  makes(op: Operation): boolean {
    if (op instanceof CreateIndexOp) return this.#isOn(op.toIndex().columns)
    if (op instanceof CreateUniqueConstraintOp || op instanceof CreatePrimaryKeyOp)
      return op.columns.some((name) => this.#columns.includes(String(name)))
    if (op instanceof CreateForeignKeyOp)
      return op.localCols.some((name) => this.#columns.includes(String(name)))
    if (!(op instanceof CreateCheckConstraintOp)) return false
    return this.#isAbout(Object.assign(op.toConstraint(), { table: this.#table }))
  }

  /** What the database has on it, and none of the operations drops. */
  kept(ops: readonly Operation[]): readonly Kept[] {
    const { comparison, reflected } = this.#context
    const found = reflected.get(tableLabel(this.#schema, this.#table.name))
    const gone = new Set(
      ops.flatMap((op) => {
        if (op instanceof DropIndexOp) return [op.indexName?.toString()]
        return op instanceof DropConstraintOp ? [op.constraintName?.toString()] : []
      }),
    )
    const indexes = (found?.indexes ?? [])
      .filter(({ duplicatesConstraint }) => duplicatesConstraint === undefined)
      .map((index) => reflectedIndex(this.#context, index, this.#table))
    const uniques = (found?.uniqueConstraints ?? [])
      .filter(({ duplicatesIndex }) => duplicatesIndex === undefined)
      .map((unique) => {
        const dialectOptions = comparison.adjustReflectedDialectOptions(unique)
        const constraint = uniqueFromReflection({ ...unique, dialectOptions })
        return Object.assign(constraint, { table: this.#table })
      })
    const checks = reflectedChecks(this.#context, this.#schema, this.#table)
    const isOpen = ({ name }: { readonly name: string | null }): boolean =>
      name === null || !gone.has(name)
    return [
      ...indexes
        .filter((index) => isOpen(index) && this.#isOn(index.columns))
        .map((index) => ({
          drop: DropIndexOp.fromIndex(index),
          make: CreateIndexOp.fromIndex(index),
        })),
      ...uniques
        .filter((unique) => isOpen(unique) && this.#isOn(unique.columns))
        .map((unique) => ({
          drop: dropOf(this.#context, unique),
          make: CreateUniqueConstraintOp.fromConstraint(unique),
        })),
      ...checks
        .filter((check) => isOpen(check) && this.#isAbout(check))
        .map((check) => ({
          drop: dropOf(this.#context, check),
          make: namedCheck(this.#context, check, new Set()),
        })),
      ...this.#keys(isOpen),
    ]
  }

  /** Foreign keys of the table's own, and its primary key: dropping a column may take them along without a word. */
  #keys(isOpen: (key: { readonly name: string | null }) => boolean): readonly Kept[] {
    const { primaryKey, foreignKeyConstraints } = this.#table
    const keys = foreignKeyConstraints.filter((key) => isOpen(key) && this.#isOn(key.columns))
    const isKey = isOpen(primaryKey) && this.#isOn(primaryKey.columns)
    return [
      ...keys.map((key) => ({
        drop: dropOf(this.#context, key),
        make: withName(this.#context, CreateForeignKeyOp.fromConstraint(key)),
      })),
      ...(isKey
        ? [
            {
              drop: DropConstraintOp.fromConstraint(primaryKey),
              make: CreatePrimaryKeyOp.fromConstraint(primaryKey),
            },
          ]
        : []),
    ]
  }

  #isOn(columns: readonly { readonly name: string }[]): boolean {
    return columns.some(({ name }) => this.#columns.includes(name))
  }

  #isAbout(check: CheckConstraint): boolean {
    const [column] = soleColumn(this.#context, check)
    return column !== undefined && this.#columns.includes(column)
  }
}
