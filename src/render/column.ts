import type { Column } from '../sql/schema/column.ts'
import { namedTarget, targetParts, type ForeignKey } from '../sql/schema/foreign-key.ts'
import { renderCheck, renderTarget } from './constraint.ts'
import { renderDialectOptions } from './dialect-options.ts'
import { stringLiteral } from './literal.ts'
import type { RenderScope } from './render-context.ts'
import { renderServerDefault } from './server-default.ts'
import { callWithOptions, type Source } from './source.ts'
import { renderOptional, renderType, renderValue } from './type.ts'

/** How a column is written. */
export interface RenderColumnOptions {
  /** Foreign keys, CHECKs, UNIQUE and an index are written with the column. Default: the table says them. */
  readonly withConstraints?: boolean
  /** That it is of the primary key is written with the column. Default: a constraint of the table says it. */
  readonly withPrimaryKey?: boolean
}

/**
 * A column: `sa.Column('id', sa.Integer(), { nullable: false })`. Whether it is a primary key is said by a constraint.
 *
 * `null` where the user's `renderItem` leaves it out.
 */
export function renderColumn(
  column: Column,
  scope: RenderScope,
  { withConstraints = false, withPrimaryKey = false }: RenderColumnOptions = {},
): Source | null {
  const own = scope.userSource('column', column)
  if (own !== undefined) return own
  const { serverDefault } = column
  const isItem = serverDefault?.kind === 'computed' || serverDefault?.kind === 'identity'
  const rendered = serverDefault === null ? undefined : renderServerDefault(serverDefault, scope)
  const args: Source[] = [stringLiteral(column.name), renderType(column.type, scope)]
  if (isItem && rendered !== undefined) args.push(rendered)
  if (withConstraints) args.push(...renderItems(column, scope))
  return callWithOptions(scope.sa('Column'), args, {
    serverDefault: isItem ? undefined : rendered,
    autoincrement: isNumberingSaid(column) ? renderValue(column.autoincrement, scope) : undefined,
    primaryKey: withPrimaryKey && column.primaryKey ? 'true' : undefined,
    nullable: String(column.nullable),
    unique: withConstraints && column.unique ? 'true' : undefined,
    index: withConstraints && column.index ? 'true' : undefined,
    quote: renderOptional(column.quote, scope),
    system: column.system ? 'true' : undefined,
    comment: renderOptional(column.comment, scope),
    ...renderDialectOptions(column.dialectOptions, scope),
  })
}

/** Outside a primary key `false` says nothing: only reflection says it of every column. */
function isNumberingSaid({ autoincrement, primaryKey }: Column): boolean {
  return autoincrement !== 'auto' && (autoincrement !== false || primaryKey)
}

function renderItems(column: Column, scope: RenderScope): Source[] {
  return [
    ...column.foreignKeys.map((foreignKey) => renderForeignKey(foreignKey, scope)),
    ...column.checks.map((check) => renderCheck(check, scope)),
  ]
}

function renderForeignKey({ target, options }: ForeignKey, scope: RenderScope): Source {
  const { schema, table, column } = targetParts(target)
  const named = column === null ? table : namedTarget(schema, table, column)
  const given = Object.entries(options).map(([key, value]) => [key, renderOptional(value, scope)])
  return callWithOptions(
    scope.sa('ForeignKey'),
    [renderTarget(named)],
    Object.fromEntries(given) as Record<string, Source | undefined>,
  )
}
