import { SchemaError } from '../../errors/schema-error.ts'
import { ColumnClass } from './column.ts'
import type { Constraint } from './constraint.ts'
import { MetaData } from './metadata.ts'
import type { InferModel } from './row-types.ts'
import { TableClass, type DialectTableOptions, type TableOptions } from './table.ts'
import type { Index } from './table-index.ts'

/** Columns of a declarative class by the names of their properties. */
export type DeclaredColumns = Readonly<Record<string, ColumnClass>>

type Named<Columns extends DeclaredColumns> = {
  readonly [K in keyof Columns & string]: Columns[K] extends ColumnClass<string, infer T, infer O>
    ? ColumnClass<K, T, O>
    : never
}

/** A class that stands for a table: its static side has the table, its instances are rows. */
export interface DeclaredModel<Name extends string, Columns extends DeclaredColumns> {
  new (values: InferModel<Columns>): InferModel<Columns>
  readonly $name: Name
  readonly $columns: Columns
  readonly tableName: Name
  readonly table: TableClass
  readonly c: Named<Columns>
}

/** What `declarativeBase()` returns. */
export interface DeclarativeBase {
  /** All tables that were declared on this base. */
  readonly metadata: MetaData
  /**
   * A class for one table; extend it.
   *
   * @example
   * class Car extends Base.table('cars', {
   *   id: sa.Column(sa.Integer(), { primaryKey: true }),
   *   model: sa.Column(sa.String(50), { nullable: false }),
   * }) {}
   */
  table<const Name extends string, const Columns extends DeclaredColumns>(
    name: Name,
    columns: Columns,
    ...tableArgs: readonly (Constraint | Index | (TableOptions & DialectTableOptions))[]
  ): DeclaredModel<Name, Columns>
}

/**
 * A base for classes that stand for tables. Their tables collect in `Base.metadata`.
 *
 * @example
 * export const Base = sa.declarativeBase()
 */
export function declarativeBase(options: { readonly metadata?: MetaData } = {}): DeclarativeBase {
  const metadata = options.metadata ?? new MetaData()
  return {
    metadata,
    table: (name, columns, ...tableArgs) => declare(metadata, name, columns, tableArgs),
  }
}

function declare<Name extends string, Columns extends DeclaredColumns>(
  metadata: MetaData,
  name: Name,
  columns: Columns,
  tableArgs: readonly (Constraint | Index | (TableOptions & DialectTableOptions))[],
): DeclaredModel<Name, Columns> {
  for (const [property, column] of Object.entries(columns)) {
    if (!(column instanceof ColumnClass)) {
      throw new SchemaError(`'${property}' of table '${name}' is not a Column`)
    }
    if (column.name === '') column.name = property
    column.key = property
  }
  const items: (ColumnClass | Constraint | Index)[] = Object.values(columns)
  let options: TableOptions & DialectTableOptions = {}
  for (const arg of tableArgs) {
    if ('kind' in arg) items.push(arg)
    else options = arg
  }
  const table = new TableClass(name, metadata, items, options)
  class Model {
    static readonly tableName = name
    static readonly table = table

    static get c(): unknown {
      return table.c
    }

    constructor(values: object) {
      Object.assign(this, values)
    }
  }
  return Model as unknown as DeclaredModel<Name, Columns>
}
