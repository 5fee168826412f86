import { SchemaError } from '../../errors/schema-error.ts'
import { ColumnExpression } from '../elements/column-expression.ts'
import { LiteralColumn, TextClause, type SqlExpression } from '../elements/expression.ts'
import { operands } from '../elements/operands.ts'
import { joinName, type NameLike } from '../elements/identifier.ts'
import { CheckConstraint } from './check-constraint.ts'
import type { Constraint, ConstraintKind } from './constraint.ts'
import { ForeignKeyConstraint } from './foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from './key-constraints.ts'
import type { NamingConventionLike, OwnerColumn, OwnerTable } from './owner.ts'
import { Index } from './table-index.ts'

/** The convention of a `MetaData` that gives none: only indexes get names. */
export const DEFAULT_NAMING_CONVENTION: NamingConventionLike = { ix: 'ix_%(column_0_label)s' }

/** In a naming convention: "leave these without a name". */
export const NO_NAME: unique symbol = Symbol('no name')

/** The token of a naming convention that a function computes. */
export type NamingToken = (constraint: Constraint | Index, table: OwnerTable) => string

/**
 * What a constraint or index is called.
 * `truncatable` names (made by a convention, or final) are shortened where they are too long; others are refused.
 */
export interface ResolvedName {
  readonly text: string
  readonly quote: boolean | null
  readonly truncatable: boolean
}

const PREFIX: Readonly<Record<ConstraintKind, string | null>> = {
  primaryKey: 'pk',
  unique: 'uq',
  foreignKey: 'fk',
  check: 'ck',
  exclude: 'ex',
  unknown: null,
}

/**
 * The name of a constraint or index by the naming convention of its table's `MetaData`, or `null` where the server
 * is to make it.
 *
 * @throws SchemaError where the convention asks for `%(constraint_name)s` and no name was given
 */
export function resolveName(object: Constraint | Index): ResolvedName | null {
  const { name, quote, table } = object
  const convention = appliedConvention(object)
  if (convention === null || table === null) {
    return name === null ? null : { text: name, quote, truncatable: object.nameIsFinal }
  }
  const text = fill(convention, object, table, table.metadata.namingConvention)
  return { text, quote, truncatable: true }
}

/** The convention that makes the name of a constraint or index; `null` where it is as given. */
function appliedConvention({ table, name, nameIsFinal, kind }: Constraint | Index): string | null {
  if (table === null || nameIsFinal) return null
  const prefix = kind === 'index' ? 'ix' : PREFIX[kind]
  const convention = prefix === null ? undefined : table.metadata.namingConvention[prefix]
  if (typeof convention !== 'string') return null
  return name === null || convention.includes('constraint_name') ? convention : null
}

/** Whether a foreign key's name is made of the columns that it points at. */
export function isNamedByTarget(constraint: ForeignKeyConstraint): boolean {
  return /%\(referred_column_\d/.test(appliedConvention(constraint) ?? '')
}

/** The name that `resolveName()` gives, in the form in which operations take names. */
export function finalName(object: Constraint | Index): NameLike | null {
  const name = resolveName(object)
  return name === null ? null : joinName(name.text, name.quote, name.truncatable)
}

function fill(
  convention: string,
  object: Constraint | Index,
  table: OwnerTable,
  conventions: NamingConventionLike,
): string {
  return convention.replaceAll(/%(?:%|\((\w+)\)s)/g, (match, token: string | undefined) => {
    if (token === undefined) return match === '%%' ? '%' : match
    const custom = conventions[token]
    if (typeof custom === 'function') return (custom as NamingToken)(object, table)
    return tokenValue(token, object, table)
  })
}

function tokenValue(token: string, object: Constraint | Index, table: OwnerTable): string {
  if (token === 'table_name') return table.name
  if (token === 'constraint_name') {
    if (object.name !== null) return object.name
    throw new SchemaError(
      `Naming convention including %(constraint_name)s token requires that constraint is explicitly named. (a ${object.kind} of table '${table.name}')`,
    )
  }
  if (token === 'referred_table_name' && object instanceof ForeignKeyConstraint) {
    return object.referred.table
  }
  const column = /^column_(\d+)(_?N)?_(name|key|label)$/.exec(token)
  if (column !== null) {
    const [, position = '0', all, form = 'name'] = column
    return pick(
      constrainedColumns(object).map((item) => columnForm(item, form, table)),
      position,
      all,
    )
  }
  const referred = /^referred_column_(\d+)(_?N)?_name$/.exec(token)
  if (referred !== null && object instanceof ForeignKeyConstraint) {
    return pick(object.referred.columns, referred[1] ?? '0', referred[2])
  }
  throw new SchemaError(
    `Naming convention token '%(${token})s' is not known for a ${object.kind} of table '${table.name}'`,
  )
}

function pick(values: readonly string[], position: string, all: string | undefined): string {
  if (all === undefined) return values[Number(position)] ?? ''
  return values.join(all === '_N' ? '_' : '')
}

function columnForm(column: NamedColumn, form: string, table: OwnerTable): string {
  if (form === 'key') return column.key
  if (form === 'name') return column.name
  const schema = table.schema === null ? '' : `${table.schema.replaceAll('.', '_')}_`
  return `${schema}${table.name}_${column.name}`
}

/** What a convention can say of a column, or of an expression that stands in its place. */
interface NamedColumn {
  readonly name: string
  readonly key: string
}

function constrainedColumns(object: Constraint | Index): readonly NamedColumn[] {
  if (object instanceof CheckConstraint) {
    const key = object.typeBound?.columnKey
    if (key === undefined) return namedColumns(object.sqltext)
    const column = object.table?.findColumn(key)
    return column === undefined ? [] : [column]
  }
  if (
    object instanceof PrimaryKeyConstraint ||
    object instanceof UniqueConstraint ||
    object instanceof ForeignKeyConstraint
  ) {
    return object.columns
  }
  if (object instanceof Index) {
    return object.elements.flatMap((element) =>
      element instanceof TextClause ? [textAsColumn(element.text)] : namedColumns(element),
    )
  }
  return []
}

/** The columns that an expression is made of, from left to right. */
export function namedColumns(expression: SqlExpression): readonly NamedColumn[] {
  if (expression instanceof ColumnExpression) {
    return [{ name: expression.name, key: (expression as OwnerColumn).key ?? expression.name }]
  }
  if (expression instanceof LiteralColumn) return [textAsColumn(expression.text)]
  return operands(expression).flatMap(namedColumns)
}

function textAsColumn(text: string): NamedColumn {
  return { name: text, key: text }
}
