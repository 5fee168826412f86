import '../../../src/dialects/builtin.ts'
import { loadDialect } from '../../../src/engine/registry.ts'
import { registerImpl } from '../../../src/impl/registry.ts'
import type { Dialect, DialectSettings } from '../../../src/sql/compile/dialect.ts'
import type { ParamStyle } from '../../../src/sql/compile/dialect-traits.ts'
import { createDefaultDialect, DefaultImpl } from './default-dialect.ts'

/** How the reference's own driver of each dialect writes placeholders. */
const PARAM_STYLES: Readonly<Record<string, ParamStyle>> = {
  default: 'named',
  postgresql: 'pyformat',
  mysql: 'format',
  mariadb: 'format',
  sqlite: 'qmark',
  mssql: 'named',
  oracle: 'named',
  firebird: 'named',
  db2: 'qmark',
  informix: 'named',
  sybase: 'named',
}

registerImpl('default', (parts) => new DefaultImpl(parts))

/**
 * Where no server is asked, the reference takes backslashes for escapes, as PostgreSQL before 9.1 did; Firebird and Sybase
 * were recorded with SQLAlchemy 1.4.
 */
const UNASKED_FLAGS: Readonly<Record<string, DialectSettings['flags']>> = {
  postgresql: { backslashEscapes: true },
  firebird: { replacesColumns: true },
  sybase: { replacesColumns: true },
}

/** Makes the dialect of a case, as the reference's options describe it. */
export async function createCaseDialect(
  name: string,
  opts: Readonly<Record<string, unknown>>,
): Promise<Dialect> {
  const [dialect = name] = name.split('+')
  const given = (opts['dialect_opts'] ?? {}) as { readonly paramstyle?: ParamStyle }
  const found = (opts['dialect_attrs'] ?? {}) as { readonly default_schema_name?: string }
  const paramstyle = given.paramstyle ?? PARAM_STYLES[dialect]
  const settings: DialectSettings = {
    ...(paramstyle === undefined ? {} : { paramstyle }),
    ...(found.default_schema_name === undefined
      ? {}
      : { defaultSchemaName: found.default_schema_name }),
    flags: {
      exactlyAsAlembic: true,
      ...UNASKED_FLAGS[dialect],
      ...(typeof opts['native_boolean'] === 'boolean'
        ? { supportsNativeBoolean: opts['native_boolean'] }
        : {}),
    },
  }
  if (dialect === 'default') return createDefaultDialect(settings)
  return (await loadDialect(dialect)).createDialect(settings)
}
