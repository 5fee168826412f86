import { brand } from '../../util/brand.ts'
import { NoReferencedTableError, SchemaError } from '../../errors/schema-error.ts'
import { callable, type Callable } from '../types/callable.ts'
import {
  Constraint,
  type ConstraintKind,
  type ConstraintOptions,
  type DialectConstraintOptions,
} from './constraint.ts'
import type { OwnerColumn, OwnerTable } from './owner.ts'

/** Options of foreign keys. */
export interface ForeignKeyOptions extends ConstraintOptions {
  /** `CASCADE`, `SET NULL`, … */
  readonly onupdate?: string | null
  readonly ondelete?: string | null
  /** `FULL`, `PARTIAL`, `SIMPLE`. */
  readonly match?: string | null
  /** Made by ALTER TABLE after all tables, to break a cycle. */
  readonly useAlter?: boolean | null
  /** The target names columns by name, not by key. */
  readonly linkToName?: boolean | null
}

const FOREIGN_KEY_KEYS = ['onupdate', 'ondelete', 'match', 'useAlter', 'linkToName'] as const

/** A target taken apart, for names with dots in them. */
export type TargetNames =
  | readonly [table: string, column: string]
  | readonly [schema: string, table: string, column: string]

/** What a foreign key points at: `users.id`, `schema.users.id`, `['my.users', 'id']`, or a column. */
export type ForeignKeyTarget =
  | string
  | TargetNames
  | (OwnerColumn & { readonly table: OwnerTable | null })

/** One column of a foreign key's target, taken apart. */
export interface TargetParts {
  readonly schema: string | null
  readonly table: string
  readonly column: string | null
}

/** Whether a target is given by names, not as a column. */
export function isNamedTarget(
  target: ForeignKeyTarget | undefined,
): target is string | TargetNames {
  return typeof target === 'string' || Array.isArray(target)
}

/** A target of names: as one text where that can be taken apart again. */
export function namedTarget(
  schema: string | null,
  table: string,
  column: string,
): string | TargetNames {
  if (!table.includes('.') && !column.includes('.')) {
    return schema === null ? `${table}.${column}` : `${schema}.${table}.${column}`
  }
  return schema === null ? [table, column] : [schema, table, column]
}

/** Takes `schema.table.column` apart; a schema may hold dots itself. */
export function targetParts(target: ForeignKeyTarget): TargetParts {
  if (isNamedTarget(target) && typeof target !== 'string') {
    const [column = '', table = '', schema = null] = target.toReversed()
    return { schema, table, column }
  }
  if (typeof target !== 'string') {
    if (target.table === null) {
      throw new SchemaError(`Foreign key target column '${target.name}' belongs to no table yet`)
    }
    return { schema: target.table.schema, table: target.table.name, column: target.key }
  }
  const parts = target.split('.')
  if (parts.length === 1) return { schema: null, table: target, column: null }
  const column = parts.pop() as string
  const table = parts.pop() as string
  return { schema: parts.length > 0 ? parts.join('.') : null, table, column }
}

/**
 * Makes sure that the `MetaData` of a foreign key has what the key points at.
 *
 * @throws NoReferencedTableError where it hasn't; `wayOut` says what to do.
 */
export function assertTargetKnown(constraint: ForeignKeyConstraintClass, wayOut: string): void {
  const { referredTable, table } = constraint
  for (const [position, target] of constraint.targets.entries()) {
    if (!isNamedTarget(target)) continue
    const { column } = targetParts(target)
    if (referredTable === null) {
      throw missingTarget(constraint, position, target, wayOut)
    }
    const key = column ?? constraint.columnKeys[position] ?? ''
    if (referredTable.columns.some(({ name, key: own }) => own === key || name === key)) continue
    throw new NoReferencedTableError(
      `Could not initialize target column for ForeignKey '${targetText(target)}' on table '${table?.name ?? ''}': table '${referredTable.name}' has no column named '${key}'; ${wayOut}`,
    )
  }
}

function targetText(target: string | TargetNames): string {
  return typeof target === 'string' ? target : target.join('.')
}

/** The error about a foreign key whose target no table has. */
export function missingTarget(
  constraint: ForeignKeyConstraintClass,
  position: number,
  target: string | TargetNames,
  wayOut: string,
): NoReferencedTableError {
  const { schema, table, column } = targetParts(target)
  const own = constraint.columns[position]
  return new NoReferencedTableError(
    `Foreign key associated with column '${constraint.table?.name ?? ''}.${own?.name ?? ''}' could not find table '${schema === null ? table : `${schema}.${table}`}' with which to generate a foreign key to target column '${column ?? own?.name ?? ''}'; ${wayOut}`,
  )
}

class ForeignKeyClass {
  static {
    brand(this, 'ForeignKey')
  }

  readonly kind = 'foreignKeyItem'
  readonly target: ForeignKeyTarget
  readonly options: ForeignKeyOptions & DialectConstraintOptions

  constructor(
    target: ForeignKeyTarget,
    options: ForeignKeyOptions & DialectConstraintOptions = {},
  ) {
    this.target = target
    this.options = options
  }
}

class ForeignKeyConstraintClass extends Constraint {
  static {
    brand(this, 'ForeignKeyConstraint')
  }

  override readonly kind: ConstraintKind & 'foreignKey' = 'foreignKey'
  columnKeys: string[]
  readonly targets: readonly ForeignKeyTarget[]
  readonly onupdate: string | null
  readonly ondelete: string | null
  readonly match: string | null
  /** Also set by `createAll()`, on a key that is part of a circle. */
  useAlter: boolean
  readonly linkToName: boolean

  constructor(
    columns: readonly (string | OwnerColumn)[],
    targets: readonly ForeignKeyTarget[],
    options: ForeignKeyOptions & DialectConstraintOptions = {},
  ) {
    super('foreignKey', options, FOREIGN_KEY_KEYS)
    if (columns.length !== targets.length) {
      throw new SchemaError(
        `ForeignKeyConstraint number of constrained columns must match the number of referenced columns: ${columns.length} and ${targets.length}`,
      )
    }
    this.columnKeys = columns.map((column) => (typeof column === 'string' ? column : column.key))
    this.targets = targets
    this.onupdate = options.onupdate ?? null
    this.ondelete = options.ondelete ?? null
    this.match = options.match ?? null
    this.useAlter = options.useAlter ?? false
    this.linkToName = options.linkToName ?? false
  }

  /** The constrained columns, once the constraint belongs to a table. */
  get columns(): readonly OwnerColumn[] {
    return this.columnKeys.map((key) => {
      const column = this.table?.findColumn(key)
      if (column !== undefined) return column
      throw new SchemaError(
        `Can't create ForeignKeyConstraint on table '${this.table?.name ?? '(none)'}': no column named '${key}' is present`,
      )
    })
  }

  /** Schema (that of the `MetaData` where none is written), table and columns that the key points at, as names. */
  get referred(): {
    readonly schema: string | null
    readonly table: string
    readonly columns: string[]
  } {
    const parts = this.targets.map((target) => targetParts(target))
    const [first] = parts
    if (first === undefined) throw new SchemaError('A foreign key needs at least one column')
    const written = isNamedTarget(this.targets[0])
    const schema = first.schema ?? (written ? (this.table?.metadata.schema ?? null) : null)
    const keys = parts.map((part, position) => part.column ?? this.columnKeys[position] ?? '')
    return { schema, table: first.table, columns: this.#columnNames(keys) }
  }

  /** The table that the key points at, where it is in the same `MetaData`. */
  get referredTable(): OwnerTable | null {
    const [first] = this.targets
    if (first === undefined) return null
    if (!isNamedTarget(first)) return first.table
    const parts = targetParts(first)
    const schema = parts.schema ?? this.table?.metadata.schema ?? null
    const key = schema === null ? parts.table : `${schema}.${parts.table}`
    return this.table?.metadata.tables.get(key) ?? null
  }

  /** The target may be written with columns' keys; SQL wants their names. */
  #columnNames(keys: string[]): string[] {
    if (this.linkToName) return keys
    const table = this.referredTable
    return keys.map((key) => table?.findColumn(key)?.name ?? key)
  }

  override copy(): ForeignKeyConstraintClass {
    return this.#copyTo(this.targets, this.linkToName)
  }

  /** A copy whose targets don't depend on the `MetaData`: with its schema, and with names in place of keys. */
  copyResolved(): ForeignKeyConstraintClass {
    const { schema, table, columns } = this.referred
    return this.#copyTo(
      columns.map((column) => namedTarget(schema, table, column)),
      true,
    )
  }

  #copyTo(targets: readonly ForeignKeyTarget[], linkToName: boolean): ForeignKeyConstraintClass {
    return new ForeignKeyConstraintClass(this.columnKeys, targets, {
      ...this.commonOptions(),
      onupdate: this.onupdate,
      ondelete: this.ondelete,
      match: this.match,
      useAlter: this.useAlter,
      linkToName,
    })
  }
}

/**
 * A foreign key of one column, written behind it.
 *
 * @example
 * sa.Column('owner_id', sa.Integer(), sa.ForeignKey('users.id', { ondelete: 'CASCADE' }))
 */
export const ForeignKey: Callable<typeof ForeignKeyClass> = callable(ForeignKeyClass)
export type ForeignKey = ForeignKeyClass

/**
 * A foreign key of one or more columns. A target with dots in its names is a list of them.
 *
 * @example
 * sa.ForeignKeyConstraint(['owner_id'], ['users.id'], { name: 'fk_posts_owner' })
 * sa.ForeignKeyConstraint(['owner_id'], [['auth.users', 'id']], { name: 'fk_posts_auth_user' })
 */
export const ForeignKeyConstraint: Callable<typeof ForeignKeyConstraintClass> =
  callable(ForeignKeyConstraintClass)
export type ForeignKeyConstraint = ForeignKeyConstraintClass
