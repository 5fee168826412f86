import * as sa from '../../../src/sa.ts'
import type { TypeEngine } from '../../../src/sql/types/type-engine.ts'

/** A column type, as `FORMAT.md` writes it. */
export interface TypeNode {
  readonly $: 'type'
  readonly name: string
  readonly args: readonly unknown[]
  readonly kw: Readonly<Record<string, unknown>>
  readonly dialect: string | null
  readonly variants?: Readonly<Record<string, TypeNode>>
}

type TypeFactory = (...args: readonly unknown[]) => TypeEngine
type Namespace = Readonly<Record<string, unknown>>

const namespaces = new Map<string, Namespace>([
  ['mssql', await import('../../../src/dialects/mssql/types/index.ts')],
  ['oracle', await import('../../../src/dialects/oracle/types/index.ts')],
  ['postgresql', await import('../../../src/dialects/postgresql/types/index.ts')],
  ['mysql', await import('../../../src/dialects/mysql/types/index.ts')],
  ['mariadb', await import('../../../src/dialects/mariadb/types.ts')],
  ['sqlite', await import('../../../src/dialects/sqlite/types.ts')],
  ['firebird', await import('../../../src/dialects/firebird/types.ts')],
  ['db2', await import('../../../src/dialects/db2/types.ts')],
  ['informix', await import('../../../src/dialects/informix/types.ts')],
  ['sybase', await import('../../../src/dialects/sybase/types.ts')],
])

/** Makes the type that a node stands for; null where the reference didn't know it. */
export function readTypeNode(node: TypeNode | null): TypeEngine | null {
  if (node === null) return null
  const namespace: Namespace = node.dialect === null ? sa : (namespaces.get(node.dialect) ?? {})
  const factory = namespace[node.name]
  if (typeof factory !== 'function') {
    throw new TypeError(`there is no type ${node.dialect ?? 'sa'}.${node.name}`)
  }
  const options = Object.entries(node.kw).map(([key, value]) => [camelCase(key), argument(value)])
  const args = node.args.map(argument)
  if (options.length > 0) args.push(Object.fromEntries(options))
  const type = (factory as TypeFactory)(...args)
  return Object.entries(node.variants ?? {}).reduce((variant, [dialect, other]) => {
    const instead = readTypeNode(other)
    return instead === null ? variant : variant.withVariant(instead, dialect)
  }, type)
}

/** A type as plain data: what two types must have in common to be the same. */
export function describeType(type: TypeEngine): unknown {
  const { positional, options } = type.typeArguments()
  return {
    type: type.dialectName === null ? type.typeName : `${type.dialectName}.${type.typeName}`,
    positional: positional.map(describe),
    options: Object.fromEntries(
      Object.entries(options).map(([key, value]) => [key, describe(value)]),
    ),
  }
}

/** `nulls_not_distinct` → `nullsNotDistinct` */
export function camelCase(name: string): string {
  return name.replace(/(?<=.)_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function argument(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$' in value)) return value
  if (value.$ === 'type') return readTypeNode(value as TypeNode)
  if (value.$ === 'f') return sa.conv(String((value as unknown as { name: string }).name))
  if (value.$ === 'text') return sa.text(String((value as unknown as { sql: string }).sql))
  throw new TypeError(`a type takes no argument of kind ${String(value.$)}`)
}

function describe(value: unknown): unknown {
  if (value instanceof sa.TypeEngine) return describeType(value)
  if (value instanceof Object && 'text' in value) return value.text
  return value
}
