import { OperationError } from '../errors/operation-error.ts'
import { FinalName, QuotedName } from '../sql/elements/identifier.ts'
import { SqlExpression } from '../sql/elements/expression.ts'
import { TypeDecorator, UserDefinedType } from '../sql/types/custom.ts'
import { TypeEngine } from '../sql/types/type-engine.ts'
import { literalSource, stringLiteral } from './literal.ts'
import type { RenderScope } from './render-context.ts'
import { call, callWithOptions, type CallSource, type Source } from './source.ts'
import { renderExpression } from './sql-expression.ts'

/** Options that people write as positional arguments, `String(50)`, `Numeric(10, 2)`: in order, while none is missing. */
const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  ...positional('length', 'String Text Unicode UnicodeText VARCHAR CHAR TEXT CLOB NVARCHAR NCHAR'),
  ...positional('length', 'LargeBinary BLOB BINARY VARBINARY BIT'),
  ...positional('precision scale', 'Numeric NUMERIC DECIMAL'),
  ...positional('precision scale', 'Float FLOAT Double DOUBLE DOUBLE_PRECISION REAL'),
}

function positional(options: string, typeNames: string): Record<string, readonly string[]> {
  return Object.fromEntries(typeNames.split(' ').map((name) => [name, options.split(' ')]))
}

/** A type as the call that makes it: `sa.String(50)`, `sa.postgresql.JSONB()`. */
export function renderType(type: TypeEngine, scope: RenderScope): Source {
  const own = scope.userSource('type', type)
  if (typeof own === 'string') return own
  const special = scope.context.rendering.renderType?.(type, scope)
  if (special !== undefined && special !== null) return special
  const base = renderPlainType(type, scope)
  const variants = renderVariants(type, scope)
  return variants.length === 0 ? base : { kind: 'chain', first: base, calls: variants }
}

/** Any value: plain ones as literals, types and expressions as what makes them. */
export function renderValue(value: unknown, scope: RenderScope): Source {
  return literalSource(value, (other) => {
    if (other instanceof TypeEngine) return renderType(other, scope)
    if (other instanceof SqlExpression) return renderExpression(other, scope)
    if (other instanceof FinalName) return scope.name(other)
    if (other instanceof QuotedName) {
      return call(scope.sa('quotedName'), stringLiteral(other.value), String(other.quote))
    }
    throw new OperationError(
      `A value of class ${other.constructor.name} can't be written into a migration; render it with renderItem`,
    )
  })
}

/** A value that is left out where it is `null` or `undefined`. */
export function renderOptional(value: unknown, scope: RenderScope): Source | undefined {
  return value === null || value === undefined ? undefined : renderValue(value, scope)
}

/** The type without its variants. */
function renderPlainType(type: TypeEngine, scope: RenderScope): CallSource {
  const given = type.typeArguments()
  const args = given.positional.map((value) => renderValue(value, scope))
  const options = new Map(Object.entries(given.options))
  for (const key of POSITIONAL[type.typeName] ?? []) {
    const value = options.get(key)
    if (value === undefined) break
    args.push(renderValue(value, scope))
    options.delete(key)
  }
  const rest = [...options].map(([key, value]) => [key, renderValue(value, scope)] as const)
  return callWithOptions(typeCallee(type, scope), args, Object.fromEntries(rest))
}

function typeCallee(type: TypeEngine, scope: RenderScope): string {
  if (type.dialectName !== null) return scope.sa(`${type.dialectName}.${type.typeName}`)
  if (!(type instanceof TypeDecorator) && !(type instanceof UserDefinedType)) {
    return scope.sa(type.typeName)
  }
  const prefix = scope.context.opts.userModulePrefix
  const className = type.constructor.name
  if (prefix !== undefined && prefix !== null) return `new ${prefix}${className}`
  throw new OperationError(
    `It is not known from where a migration imports the type ${className}: set userModulePrefix in context.configure() and import that in the template, or render the type with renderItem`,
  )
}

/** `.withVariant(type, 'a', 'b')` for each type that other dialects use instead, by dialect. */
function renderVariants(type: TypeEngine, scope: RenderScope): CallSource[] {
  const byType = new Map<TypeEngine, string[]>()
  for (const [dialect, variant] of [...type.variants].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    byType.set(variant, [...(byType.get(variant) ?? []), dialect])
  }
  return [...byType].map(([variant, dialects]) =>
    call('withVariant', renderPlainType(variant, scope), ...dialects.map((d) => stringLiteral(d))),
  )
}
