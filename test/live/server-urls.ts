/** The environment variables that say where the test servers are. */
export interface ServerUrls {
  readonly ALEMBIC_TEST_POSTGRESQL_URL: string
  readonly ALEMBIC_TEST_MARIADB_URL: string
  /** Its path is a folder of the server's, in which databases are made. */
  readonly ALEMBIC_TEST_FIREBIRD_URL: string | undefined
}

/** The URLs of the test servers: from the environment, else the usual local ones, which need no password. */
export function serverUrls(): ServerUrls {
  return {
    ALEMBIC_TEST_POSTGRESQL_URL:
      process.env['ALEMBIC_TEST_POSTGRESQL_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres',
    ALEMBIC_TEST_MARIADB_URL:
      process.env['ALEMBIC_TEST_MARIADB_URL'] ?? 'mariadb://root@127.0.0.1:3306/',
    // Without a password nobody gets into Firebird: there is no usual one.
    ALEMBIC_TEST_FIREBIRD_URL: process.env['ALEMBIC_TEST_FIREBIRD_URL'],
  }
}
