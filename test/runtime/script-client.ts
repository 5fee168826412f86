import { spawnSync } from 'node:child_process'
import type { LiveDatabase, ScratchDatabase } from '../live/servers.ts'

/** Runs a script by the database's own program, which stops at the first error; throws with what it said then. */
export function runByClient(
  database: LiveDatabase['name'],
  { url }: ScratchDatabase,
  script: string,
): void {
  const [program, args, env] = commandOf(database, url)
  const { status, stderr, error } = spawnSync(program, args, {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`, { cause: error })
}

type Command = readonly [string, readonly string[], Readonly<Record<string, string>>]

function commandOf(database: LiveDatabase['name'], url: string): Command {
  switch (database) {
    case 'sqlite':
      return ['sqlite3', ['-bail', url.replace(/^[^:]*:\/\/\//, '')], {}]
    case 'postgresql':
      return ['psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', url], {}]
    case 'mariadb': {
      const { hostname, port, username, password, pathname } = new URL(url)
      const args = ['--no-defaults', '-h', hostname, '-P', port || '3306', '-u', username]
      return ['mariadb', [...args, pathname.slice(1)], { MYSQL_PWD: decodeURIComponent(password) }]
    }
  }
}
