import type { SqlExpression } from '../sql/elements/expression.ts'
import type { Computed, Identity, ServerDefault } from '../sql/schema/server-default.ts'
import { renderDialectOptions } from './dialect-options.ts'
import { stringLiteral } from './literal.ts'
import type { RenderScope } from './render-context.ts'
import { call, callWithOptions, type Source } from './source.ts'
import { renderCondition, renderText, sqlText } from './sql-expression.ts'
import { renderOptional } from './type.ts'

/** A server default as a value: `'x'`, `sa.text('now()')`, `sa.Computed('a + 1')`, `sa.Identity()`. */
export function renderServerDefault(given: ServerDefault | null, scope: RenderScope): Source {
  const own = scope.userSource('server_default', given)
  if (typeof own === 'string') return own
  if (given === null) return 'null'
  switch (given.kind) {
    case 'computed':
      return renderComputed(given, scope)
    case 'identity':
      return renderIdentity(given, scope)
    case 'fetchedValue':
      return call(scope.sa('FetchedValue'))
    case 'default':
      return typeof given.arg === 'string'
        ? stringLiteral(given.arg)
        : renderSqlDefault(given, given.arg, scope)
  }
}

/** The SQL that CREATE TABLE would have: some databases put an expression in parentheses. */
function renderSqlDefault(given: ServerDefault, arg: SqlExpression, scope: RenderScope): Source {
  const written = scope.context.dialect.columns.defaultText(given)
  return renderText(written ?? sqlText(arg, 'serverDefault', scope), scope)
}

function renderComputed(computed: Computed, scope: RenderScope): Source {
  return callWithOptions(scope.sa('Computed'), [renderCondition(computed.sqltext, scope)], {
    persisted: renderOptional(computed.persisted, scope),
  })
}

function renderIdentity(identity: Identity, scope: RenderScope): Source {
  const given = {
    always: identity.always === true ? true : null,
    onNull: identity.onNull,
    ...identity.options,
  }
  const options = Object.entries(given).map(([key, value]) => [key, renderOptional(value, scope)])
  return callWithOptions(scope.sa('Identity'), [], {
    ...(Object.fromEntries(options) as Record<string, Source | undefined>),
    ...renderDialectOptions(identity.dialectOptions, scope),
  })
}
