import { registerDialect } from '../engine/registry.ts'
import { registerComparison } from '../impl/comparison-registry.ts'
import { registerImpl } from '../impl/registry.ts'
import { registerRendering } from '../render/dialect-rendering.ts'
import { mssqlOptions } from './mssql/types/dialect-options.ts'
import { mysqlOptions } from './mysql/compile/options.ts'
import { oracleOptions } from './oracle/types/dialect-options.ts'
import { postgresqlOptions } from './postgresql/types/dialect-options.ts'
import { sqliteOptions } from './sqlite/compile/options.ts'

// The one list of dialects. Each is loaded when it is first used; what options it takes is known before.

registerDialect('postgresql', {
  aliases: ['postgres'],
  options: postgresqlOptions,
  load: async () => {
    const { engine, PostgresqlImpl } = await import('./postgresql/index.ts')
    registerImpl('postgresql', (parts) => new PostgresqlImpl(parts))
    return engine
  },
})

registerDialect('mysql', {
  options: mysqlOptions,
  load: async () => {
    const { engine, MysqlImpl } = await import('./mysql/index.ts')
    registerImpl('mysql', (parts) => new MysqlImpl(parts))
    return engine
  },
})

registerDialect('mariadb', {
  options: mysqlOptions,
  load: async () => {
    const { engine, MariadbImpl } = await import('./mariadb/index.ts')
    registerImpl('mariadb', (parts) => new MariadbImpl(parts))
    return engine
  },
})

registerDialect('mssql', {
  options: mssqlOptions,
  load: async () => {
    const { engine, MssqlImpl } = await import('./mssql/index.ts')
    registerImpl('mssql', (parts) => new MssqlImpl(parts))
    return engine
  },
})

registerDialect('oracle', {
  options: oracleOptions,
  load: async () => {
    const { engine, OracleImpl } = await import('./oracle/index.ts')
    registerImpl('oracle', (parts) => new OracleImpl(parts))
    return engine
  },
})

registerDialect('sqlite', {
  options: sqliteOptions,
  load: async () => {
    const { engine, SqliteImpl } = await import('./sqlite/index.ts')
    registerImpl('sqlite', (parts) => new SqliteImpl(parts))
    return engine
  },
})

registerDialect('firebird', {
  load: async () => {
    const { engine, FirebirdImpl } = await import('./firebird/index.ts')
    registerImpl('firebird', (parts) => new FirebirdImpl(parts))
    return engine
  },
})

registerDialect('db2', {
  aliases: ['ibm_db_sa'],
  load: async () => {
    const { engine, Db2Impl } = await import('./db2/index.ts')
    registerImpl('db2', (parts) => new Db2Impl(parts))
    return engine
  },
})

registerDialect('informix', {
  load: async () => {
    const { engine, InformixImpl } = await import('./informix/index.ts')
    registerImpl('informix', (parts) => new InformixImpl(parts))
    return engine
  },
})

registerDialect('sybase', {
  load: async () => {
    const { engine, SybaseImpl } = await import('./sybase/index.ts')
    registerImpl('sybase', (parts) => new SybaseImpl(parts))
    return engine
  },
})

// How each compares and renders is loaded by autogenerate alone.

registerComparison(
  'postgresql',
  async () => (await import('./postgresql/impl/comparison.ts')).PostgresqlComparison,
)
registerRendering('postgresql', async () => (await import('./postgresql/render.ts')).rendering)

for (const name of ['mysql', 'mariadb']) {
  registerComparison(name, async () => (await import('./mysql/impl/comparison.ts')).MysqlComparison)
  registerRendering(name, async () => (await import('./mysql/render.ts')).rendering)
}

registerRendering('sqlite', async () => (await import('./sqlite/render.ts')).rendering)

registerComparison(
  'firebird',
  async () => (await import('./firebird/impl/comparison.ts')).FirebirdComparison,
)

registerComparison(
  'mssql',
  async () => (await import('./mssql/impl/comparison.ts')).MssqlComparison,
)

registerComparison(
  'oracle',
  async () => (await import('./oracle/impl/comparison.ts')).OracleComparison,
)

registerComparison(
  'sqlite',
  async () => (await import('./sqlite/impl/comparison.ts')).SqliteComparison,
)
