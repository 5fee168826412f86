import { UnknownDialectError } from '../errors/driver-error.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { ImplOptions, ImplParts } from './impl-options.ts'
import type { MigrationImpl } from './migration-impl.ts'
import type { StatementSink } from './statement-sink.ts'

/** Makes a dialect's implementation. */
export type ImplFactory = (parts: ImplParts) => MigrationImpl

const factories = new Map<string, ImplFactory>()

/**
 * Makes a dialect's implementation known; an earlier one of that name is replaced.
 *
 * @example
 * registerImpl('cockroachdb', (parts) => new CockroachImpl(parts))
 */
export function registerImpl(dialectName: string, factory: ImplFactory): void {
  factories.set(dialectName, factory)
}

/** Makes the implementation for a dialect. Throws UnknownDialectError where none is registered. */
export function createImpl(
  dialect: Dialect,
  sink: StatementSink,
  options: ImplOptions = {},
): MigrationImpl {
  const factory = factories.get(dialect.name)
  if (factory !== undefined) return factory({ dialect, sink, options })
  throw new UnknownDialectError(
    `Dialect '${dialect.name}' has no migration implementation; register one with registerImpl('${dialect.name}', …)`,
  )
}
