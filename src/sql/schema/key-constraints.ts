import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { callable, type Callable } from '../types/callable.ts'
import {
  Constraint,
  type ConstraintKind,
  type ConstraintOptions,
  type DialectConstraintOptions,
} from './constraint.ts'
import { isPlainObject } from './dialect-options.ts'
import type { OwnerColumn } from './owner.ts'

type KeyArguments = readonly (
  | string
  | OwnerColumn
  | (ConstraintOptions & DialectConstraintOptions)
)[]

function readKeyArguments(args: KeyArguments): {
  columns: string[]
  options: ConstraintOptions & DialectConstraintOptions
} {
  const columns: string[] = []
  let options: ConstraintOptions & DialectConstraintOptions = {}
  for (const arg of args) {
    if (typeof arg === 'string') columns.push(arg)
    else if (isPlainObject(arg)) options = arg
    else columns.push((arg as OwnerColumn).key)
  }
  return { columns, options }
}

/** A constraint over a list of columns of its table. */
abstract class ColumnListConstraint extends Constraint {
  /** Keys of the columns, in order. */
  columnKeys: string[]

  constructor(kind: 'primaryKey' | 'unique', args: KeyArguments) {
    const { columns, options } = readKeyArguments(args)
    super(kind, options)
    this.columnKeys = columns
  }

  /** The columns themselves, once the constraint belongs to a table. */
  get columns(): readonly OwnerColumn[] {
    return this.columnKeys.map((key) => {
      const column = this.table?.findColumn(key)
      if (column !== undefined) return column
      throw new SchemaError(
        `Can't find column '${key}' on table '${this.table?.name ?? '(none)'}', which ${this.name ?? 'a constraint'} names`,
      )
    })
  }
}

class PrimaryKeyConstraintClass<Keys extends string = string> extends ColumnListConstraint {
  static {
    brand(this, 'PrimaryKeyConstraint')
  }

  declare readonly $keys: Keys

  override readonly kind: ConstraintKind & 'primaryKey' = 'primaryKey'

  constructor(...args: KeyArguments) {
    super('primaryKey', args)
  }

  override copy(): PrimaryKeyConstraintClass<Keys> {
    return new PrimaryKeyConstraintClass<Keys>(...this.columnKeys, this.commonOptions())
  }
}

class UniqueConstraintClass extends ColumnListConstraint {
  static {
    brand(this, 'UniqueConstraint')
  }

  override readonly kind: ConstraintKind & 'unique' = 'unique'

  constructor(...args: KeyArguments) {
    super('unique', args)
  }

  override copy(): UniqueConstraintClass {
    return new UniqueConstraintClass(...this.columnKeys, this.commonOptions())
  }
}

/** Keeps the names of the columns, which the types of rows ask for. */
interface PrimaryKeyFactory {
  <const K extends readonly string[]>(...columns: K): PrimaryKeyConstraintClass<K[number]>
  <const K extends readonly string[]>(
    ...args: readonly [...K, ConstraintOptions & DialectConstraintOptions]
  ): PrimaryKeyConstraintClass<K[number]>
}

/**
 * The primary key of a table.
 *
 * @example
 * sa.PrimaryKeyConstraint('a', 'b', { name: 'pk_t' })
 */
export const PrimaryKeyConstraint: PrimaryKeyFactory & Callable<typeof PrimaryKeyConstraintClass> =
  callable(PrimaryKeyConstraintClass)
// oxlint-disable-next-line no-redeclare -- a value and a type of one name
export type PrimaryKeyConstraint<Keys extends string = string> = PrimaryKeyConstraintClass<Keys>

/**
 * Columns whose values, taken together, are unique.
 *
 * @example
 * sa.UniqueConstraint('email', { name: 'uq_users_email' })
 */
export const UniqueConstraint: Callable<typeof UniqueConstraintClass> =
  callable(UniqueConstraintClass)
export type UniqueConstraint = UniqueConstraintClass
