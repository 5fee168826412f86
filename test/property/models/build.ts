import { sa } from '../../../src/index.ts'
import { sampleOf } from './draw.ts'
import { INDEX_FORMS } from './index-forms.ts'
import { IDENTITIES, SEQUENCES } from './numbering.ts'
import type { ModelRules } from './rules.ts'
import type { CheckSpec, ColumnSpec, ModelSpec, TableSpec } from './spec.ts'

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
  for (const { name, schema, options } of model.sequences) {
    metadata.addSequence(sa.Sequence(name, { ...SEQUENCES[options], schema }))
  }
  return metadata
}

function buildTable(
  table: TableSpec,
  metadata: sa.MetaData,
  rules: ModelRules,
  { convention }: ModelSpec,
): ReturnType<typeof sa.Table> {
  const { key, schema, comment, checks, was } = table
  // A colon in SQL begins a parameter.
  const quote = (name: string): string => rules.server.quoteName(name).replaceAll(':', '\\:')
  const named = (name: string | null): { name?: string } => (name === null ? {} : { name })
  // MariaDB takes no name there.
  const isInline = ({ inline, name }: CheckSpec): boolean => inline && name === null && !convention
  const check = (one: CheckSpec): ReturnType<typeof sa.CheckConstraint> => {
    const { name, column } = one
    // A convention that contains the constraint's name asks for one.
    const said = convention ? (name ?? `${column.slice(0, 8)}_low`) : name
    return sa.CheckConstraint(conditionOf(one, table, quote), named(said))
  }
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
    ...table.indexes.map((index) => INDEX_FORMS[index.form].make(index)),
    {
      ...(schema === null ? {} : { schema, quoteSchema: true }),
      ...(comment === null ? {} : { comment }),
      ...(was === null ? {} : { renamedFrom: was }),
    },
  )
}

function conditionOf(
  { column, form, bound }: CheckSpec,
  table: TableSpec,
  quote: (name: string) => string,
): string | ReturnType<typeof sa.text> | sa.SqlExpression {
  const { type = 'integer' } = table.columns.find(({ name }) => name === column) ?? {}
  switch (form) {
    case 'low':
      return sa.column(column, sampleOf(type).make('', [])).ge(sa.text(`-${bound}`))
    case 'list':
      return `${quote(column)} IN (1, 2, ${bound})`
    case 'either':
      return `${quote(column)} > -${bound} OR ${quote(column)} IS NULL`
  }
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
    ...(table.serial === column.name ? { autoincrement: true } : {}),
    ...(column.was === null ? {} : { renamedFrom: column.was }),
    ...(column.comment === null ? {} : { comment: column.comment }),
    ...(serverDefault === undefined ? {} : { serverDefault }),
  }
  const type = make(column.typeName, column.labels)
  if (column.made === 'identity') {
    return sa.Column(
      column.name,
      type,
      sa.Identity(IDENTITIES[column.identity] ?? {}),
      ...checks,
      options,
    )
  }
  if (column.source === null) return sa.Column(column.name, type, ...checks, options)
  // A generated column takes no constraint of its own everywhere.
  const { nullable: _, ...others } = options
  const computed = sa.Computed(`${quote(column.source)} + ${column.term}`, { persisted: true })
  return sa.Column(column.name, type, computed, ...checks, others)
}
