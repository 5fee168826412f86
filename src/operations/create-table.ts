import { renderOptional, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import { flatten } from '../render/layout.ts'
import { renderDialectOptions } from '../render/dialect-options.ts'
import { renderConstraint } from '../render/constraint.ts'
import { renderColumn } from '../render/column.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { OperationError } from '../errors/operation-error.ts'
import { joinName, type NameLike } from '../sql/elements/identifier.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import { ColumnClass } from '../sql/schema/column.ts'
import { Constraint } from '../sql/schema/constraint.ts'
import { ForeignKeyConstraint, isNamedTarget } from '../sql/schema/foreign-key.ts'
import { isPlainObject, splitOptions } from '../sql/schema/dialect-options.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import type {
  DialectTableOptions,
  TableClass,
  TableItem,
  TableOptions,
} from '../sql/schema/table.ts'
import { Index } from '../sql/schema/table-index.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { SchemaObjects } from './schema-objects.ts'

type OwnOptions = Pick<TableOptions, 'quote' | 'quoteSchema'> & DialectTableOptions

/** Options of `op.createTable()`. */
export interface CreateTableOptions
  extends Omit<TableOptions, 'schema' | 'renamedFrom'>, DialectTableOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF NOT EXISTS`. */
  readonly ifNotExists?: boolean | null | undefined
}

/** Options of `op.dropTable()`. */
export interface DropTableOptions
  extends Omit<TableOptions, 'schema' | 'renamedFrom'>, DialectTableOptions {
  readonly schema?: NameLike | null | undefined
  /** Writes `IF EXISTS`. */
  readonly ifExists?: boolean | null | undefined
}

const TABLE_KEYS = ['quote', 'quoteSchema'] as const

/**
 * Makes a table of columns, constraints and indexes, and gives it back, for `op.bulkInsert()` for example.
 *
 * @example
 * const account = op.createTable(
 *   'account',
 *   sa.Column('id', sa.Integer(), { primaryKey: true }),
 *   sa.Column('name', sa.String(50), { nullable: false }),
 *   { comment: 'who may log in' },
 * )
 * await op.bulkInsert(account, [{ name: 'root' }])
 */
export function createTable(
  ctx: OperationContext,
  tableName: NameLike,
  ...rest: readonly TableItem[] | readonly [...TableItem[], CreateTableOptions]
): Queued<TableClass> {
  const given: readonly (TableItem | CreateTableOptions)[] = rest
  const options = given.find((item): item is CreateTableOptions => isPlainObject(item)) ?? {}
  const items = given.filter((item): item is TableItem => !isPlainObject(item))
  return ctx.invoke(new CreateTableOp(tableName, items, options))
}

/** Makes a table. */
export class CreateTableOp extends MigrateOperation<TableClass> {
  tableName: NameLike
  /** Columns, constraints and indexes. */
  columns: readonly TableItem[]
  schema: NameLike | null
  ifNotExists: boolean | null
  comment: string | null
  prefixes: readonly string[]
  override readonly info: Record<string, unknown>
  /** `quote`, `quoteSchema`, and options by dialect. */
  options: OwnOptions
  /** The models that the table comes from, where it does. */
  readonly namespaceMetadata: MetaData | null

  constructor(
    tableName: NameLike,
    columns: readonly TableItem[],
    options: CreateTableOptions = {},
    namespaceMetadata: MetaData | null = null,
  ) {
    super()
    for (const item of columns) assertTableItem(item)
    const { schema = null, ifNotExists = null, comment, prefixes, info, ...rest } = options
    this.tableName = tableName
    this.columns = columns
    this.schema = schema
    this.ifNotExists = ifNotExists
    this.comment = comment ?? null
    this.prefixes = prefixes ?? []
    this.info = { ...info }
    splitOptions({ kind: 'table', label: 'createTable' }, rest, TABLE_KEYS)
    this.options = rest
    this.namespaceMetadata = namespaceMetadata
  }

  /** What makes this table again; its indexes, and constraints `without`, are operations of their own. */
  static fromTable(
    table: TableClass,
    namespaceMetadata?: MetaData | null,
    without: ReadonlySet<Constraint> = new Set(),
  ): CreateTableOp {
    const owner = table.metadata instanceof MetaData ? table.metadata : null
    const constraints = table.constraints.filter(
      (constraint) => isWritten(constraint) && !without.has(constraint),
    )
    const items = [
      ...table.columns.map((column) => column.copyDefinition()),
      ...constraints.map((constraint) => standaloneCopy(constraint)),
    ]
    return new CreateTableOp(
      joinName(table.name, table.quote, false),
      items,
      tableOptions(table),
      namespaceMetadata ?? owner,
    )
  }

  /** The table, in a throw-away `MetaData`. */
  toTable(objects: SchemaObjects = objectsLike(this.namespaceMetadata)): TableClass {
    const { comment, prefixes, info, schema } = this
    const { quote, quoteSchema, ...dialectOptions } = this.options
    return objects.table(this.tableName, this.columns, {
      schema,
      comment,
      prefixes,
      info: { ...info },
      ...(quote === undefined ? {} : { quote }),
      ...(quoteSchema === undefined ? {} : { quoteSchema }),
      dialectOptions,
    })
  }

  override async run(ctx: RunContext): Promise<TableClass> {
    const table = this.#lastOfEachName(ctx).toTable(ctx.schemaObjects)
    await ctx.impl.createTable(table, { ifNotExists: this.ifNotExists ?? false })
    return table
  }

  #lastOfEachName({ dialect }: RunContext): this {
    if (dialect.traits.replacesColumns !== true) return this
    const columns = this.columns.filter((item) => item instanceof ColumnClass)
    const last = new Map(columns.map((column) => [column.name, column]))
    const items = this.columns.filter(
      (item) => !(item instanceof ColumnClass) || last.get(item.name) === item,
    )
    return Object.assign(Object.create(this) as this, { columns: items })
  }

  override render(writer: SourceWriter): void {
    const table = this.toTable()
    const columns = table.columns.map((column) => renderColumn(column, writer))
    const checks = table.columns.flatMap((column) => column.checks)
    const constraints = [...table.constraints, ...checks]
      .map((constraint) => renderConstraint(constraint, writer))
      .filter((source) => source !== null)
      .toSorted((a, b) => ((flatten(a) ?? '') < (flatten(b) ?? '') ? -1 : 1))
    const args = [
      writer.name(this.tableName),
      ...columns.filter((source) => source !== null),
      ...constraints,
    ]
    writer.statement(
      callWithOptions(writer.directive('createTable'), args, {
        schema: writer.schemaOption(this.schema),
        comment: renderOptional(this.comment, writer),
        ...renderDialectOptions(table.dialectOptions, writer),
        prefixes: this.prefixes.length === 0 ? undefined : renderValue(this.prefixes, writer),
        ifNotExists: renderOptional(this.ifNotExists, writer),
      }),
    )
  }

  override reverse(): DropTableOp {
    return DropTableOp.fromTable(this.toTable(), this.namespaceMetadata)
  }

  override toDiffTuple(): readonly unknown[] {
    return ['add_table', this.toTable()]
  }
}

/** Drops a table. */
export class DropTableOp extends MigrateOperation {
  tableName: NameLike
  schema: NameLike | null
  ifExists: boolean | null
  comment: string | null
  prefixes: readonly string[]
  override readonly info: Record<string, unknown>
  options: OwnOptions
  /** What brings the table back, where it is known. */
  readonly original: CreateTableOp | null

  constructor(
    tableName: NameLike,
    options: DropTableOptions = {},
    original: CreateTableOp | null = null,
  ) {
    super()
    const { schema = null, ifExists = null, comment, prefixes, info, ...rest } = options
    this.tableName = tableName
    this.schema = schema
    this.ifExists = ifExists
    this.comment = comment ?? null
    this.prefixes = prefixes ?? []
    this.info = { ...info }
    splitOptions({ kind: 'table', label: 'dropTable' }, rest, TABLE_KEYS)
    this.options = rest
    this.original = original
  }

  /** Constraints `without` are not brought back with the table. */
  static fromTable(
    table: TableClass,
    namespaceMetadata?: MetaData | null,
    without: ReadonlySet<Constraint> = new Set(),
  ): DropTableOp {
    return new DropTableOp(
      joinName(table.name, table.quote, false),
      tableOptions(table),
      CreateTableOp.fromTable(table, namespaceMetadata, without),
    )
  }

  /** The table as far as it is known, in a throw-away `MetaData`. */
  toTable(
    objects: SchemaObjects = objectsLike(this.original?.namespaceMetadata ?? null),
  ): TableClass {
    const { schema, comment, prefixes, info, options } = this
    const items = this.original?.columns ?? []
    const given = { schema, comment, prefixes, info, ...options }
    return new CreateTableOp(this.tableName, items, given).toTable(objects)
  }

  override async run(ctx: RunContext): Promise<void> {
    const table = this.toTable(ctx.schemaObjects)
    await ctx.impl.dropTable(table, { ifExists: this.ifExists ?? false })
  }

  override reverse(): CreateTableOp {
    if (this.original === null) {
      throw new OperationError('operation is not reversible; original table is not present')
    }
    return CreateTableOp.fromTable(this.toTable(), this.original.namespaceMetadata)
  }

  override render(writer: SourceWriter): void {
    writer.statement(
      callWithOptions(writer.directive('dropTable'), [writer.name(this.tableName)], {
        schema: writer.schemaOption(this.schema),
        ifExists: renderOptional(this.ifExists, writer),
      }),
    )
  }

  override toDiffTuple(): readonly unknown[] {
    return ['remove_table', this.toTable()]
  }
}

function assertTableItem(item: unknown): void {
  if (item instanceof ColumnClass || item instanceof Constraint || item instanceof Index) return
  throw new OperationError(
    `createTable takes columns, constraints, indexes and one object of options, not ${String(item)}`,
  )
}

/** Makes tables whose constraints are named as the models' are. */
function objectsLike(targetMetadata: MetaData | null): SchemaObjects {
  return new SchemaObjects({ targetMetadata })
}

/** A copy that means the same outside the models: their schema and their columns' keys are spelled out. */
function standaloneCopy(constraint: Constraint): Constraint {
  if (!(constraint instanceof ForeignKeyConstraint)) return constraint.copy()
  return isNamedTarget(constraint.targets[0]) ? constraint.copyResolved() : constraint.copy()
}

/** Constraints that belong to a column's type or stand behind a column come with the column. */
function isWritten(constraint: Constraint): boolean {
  return !(constraint instanceof CheckConstraint && constraint.typeBound !== null)
}

function tableOptions(table: TableClass): CreateTableOptions {
  const { schema, comment, prefixes, info, quoteSchema, dialectOptions } = table
  return {
    schema: schema === null ? null : joinName(schema, quoteSchema, false),
    comment,
    prefixes,
    info,
    ...dialectOptions,
  }
}

/**
 * Drops a table.
 *
 * @example
 * await op.dropTable('accounts', { ifExists: true })
 */
export function dropTable(
  ctx: OperationContext,
  tableName: NameLike,
  options: DropTableOptions = {},
): Queued<void> {
  return ctx.invoke(new DropTableOp(tableName, options))
}
