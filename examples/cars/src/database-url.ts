/**
 * The database URL: `DATABASE_URL`, else made of `DB_DIALECT` (default `postgresql`), `DB_USER`, `DB_PASSWORD`, `DB_HOST`,
 * `DB_PORT` and `DB_NAME` where `DB_HOST` is set, else a SQLite file in the current folder.
 */
export function databaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  if (env['DATABASE_URL']) return env['DATABASE_URL']
  if (!env['DB_HOST']) return 'sqlite:///cars.db'
  const url = new URL(`${env['DB_DIALECT'] ?? 'postgresql'}://${env['DB_HOST']}`)
  url.username = env['DB_USER'] ?? ''
  url.password = env['DB_PASSWORD'] ?? ''
  url.port = env['DB_PORT'] ?? ''
  url.pathname = env['DB_NAME'] ?? 'cars'
  return url.href
}
