import { sa } from '../../../src/index.ts'
import { sampleOf } from './draw.ts'
import type { ModelRules } from './rules.ts'
import type { CheckSpec, ColumnSpec, IndexSpec, ModelSpec, TableSpec } from './spec.ts'

const CONVENTION = {
  ix: 'ix_%(column_0_label)s',
  uq: 'uq_%(table_name)s_%(column_0_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
}

/** The schema objects of a model. */
export function buildModel(model: ModelSpec, rules: ModelRules): sa.MetaData {
  const metadata = sa.MetaData(model.convention ? { namingConvention: CONVENTION } : {})
  const tables = new Map(model.tables.map((table) => [table.name, table]))
  const built = new Map<string, ReturnType<typeof sa.Table>>()
  for (const table of model.tables) built.set(table.name, buildTable(table, metadata, rules, model))
  for (const table of model.tables) {
    for (const { name, columns, target, ondelete } of table.foreignKeys) {
      const targets = (tables.get(target)?.key?.columns ?? []).map((column) => {
        const found = built.get(target)?.columns.find((one) => one.name === column)
        if (found === undefined) throw new TypeError(`${target} has no column ${column}`)
        return found
      })
      const options = {
        ...(name === null ? {} : { name }),
        ...(ondelete === null ? {} : { ondelete }),
      }
      built.get(table.name)?.appendConstraint(sa.ForeignKeyConstraint(columns, targets, options))
    }
  }
  return metadata
}

function buildTable(
  table: TableSpec,
  metadata: sa.MetaData,
  rules: ModelRules,
  { convention }: ModelSpec,
): ReturnType<typeof sa.Table> {
  const { key, schema, comment, checks } = table
  const quote = (name: string): string => rules.server.quoteName(name)
  const named = (name: string | null): { name?: string } => (name === null ? {} : { name })
  const type = (column: string): sa.TypeEngine =>
    sampleOf(table.columns.find(({ name }) => name === column)?.type ?? 'integer').make('')
  // MariaDB takes no name there.
  const isInline = ({ inline, name }: CheckSpec): boolean => inline && name === null && !convention
  const check = ({ name, column }: CheckSpec): ReturnType<typeof sa.CheckConstraint> =>
    // A convention that contains the constraint's name asks for one.
    sa.CheckConstraint(sa.column(column, type(column)).ge(sa.text('-1000')), {
      ...named(convention ? (name ?? `${column.slice(0, 8)}_low`) : name),
    })
  return sa.Table(
    table.name,
    metadata,
    ...table.columns.map((column) =>
      buildColumn(
        column,
        table,
        quote,
        checks.filter((one) => isInline(one) && one.column === column.name).map(check),
      ),
    ),
    ...(key === null ? [] : [sa.PrimaryKeyConstraint(...key.columns, named(key.name))]),
    ...table.uniques.map(({ name, columns }) => sa.UniqueConstraint(...columns, named(name))),
    ...checks.filter((one) => !isInline(one)).map(check),
    ...table.indexes.map((index) => buildIndex(index)),
    {
      ...(schema === null ? {} : { schema, quoteSchema: true }),
      ...(comment === null ? {} : { comment }),
    },
  )
}

function buildColumn(
  column: ColumnSpec,
  table: TableSpec,
  quote: (name: string) => string,
  checks: readonly ReturnType<typeof sa.CheckConstraint>[],
): ReturnType<typeof sa.Column> {
  const { make, defaults = [] } = sampleOf(column.type)
  const serverDefault = column.default === null ? undefined : defaults[column.default]?.()
  const isCounter = table.numbered || !table.key?.columns.includes(column.name)
  const options = {
    nullable: column.nullable,
    ...(isCounter ? {} : { autoincrement: false }),
    ...(column.comment === null ? {} : { comment: column.comment }),
    ...(serverDefault === undefined ? {} : { serverDefault }),
  }
  const type = make(column.typeName)
  if (column.made === 'identity') {
    return sa.Column(column.name, type, sa.Identity({ always: true, start: 5 }), ...checks, options)
  }
  if (column.source === null) return sa.Column(column.name, type, ...checks, options)
  // A generated column takes no constraint of its own everywhere.
  const { nullable: _, ...others } = options
  const computed = sa.Computed(`${quote(column.source)} + ${column.term}`, { persisted: true })
  return sa.Column(column.name, type, computed, ...checks, others)
}

function buildIndex({ name, columns, unique, form }: IndexSpec): ReturnType<typeof sa.Index> {
  const [first = ''] = columns
  switch (form) {
    case 'plain':
      return sa.Index(name, ...columns, { unique })
    case 'desc':
      return sa.Index(name, sa.column(first).desc(), { unique })
    case 'expression':
      return sa.Index(name, sa.func.lower(sa.column(first)), { unique })
    case 'where': {
      const where = sa.column(first).isNot(null)
      return sa.Index(name, first, { unique, postgresql: { where }, sqlite: { where } })
    }
  }
}
