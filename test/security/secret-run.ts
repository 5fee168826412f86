// Every command on a project with a password, and what must not be seen of it.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { everyCommandLine } from './every-command.ts'
import { runHere } from './run-here.ts'
import type { SecretProject } from './secret-project.ts'
import { told } from './told.ts'

// Whatever encodes it, one of its two words stays as it is.
export const PASSWORD = 'Zq7@x:/%?# \'"éWx9'
export const WORDS = /Zq7|Wx9/
export const WRONG = PASSWORD.replace('@', '!')

/** Every file of a project but those that the test wrote a password into. */
function filesOf(folder: string, own: readonly string[]): string {
  return readdirSync(folder)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => {
      const isFolder = statSync(join(folder, name)).isDirectory()
      const inside = isFolder
        ? readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
        : ['']
      return inside.map((path) => join(name, path))
    })
    .filter((path) => !own.includes(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n')
}

/** Runs every command; gives their exit statuses by command line. */
export async function runAll({
  folder,
  own,
}: Pick<SecretProject, 'folder' | 'own'>): Promise<Map<string, number>> {
  const statuses = new Map<string, number>()
  vi.stubEnv('EDITOR', 'true')
  for (const argv of everyCommandLine()) {
    const { status, output } = await runHere(folder, argv)
    expect({ argv, told: told(output, WORDS) }).toEqual({ argv, told: [] })
    statuses.set(argv.join(' '), status)
  }
  expect(told(filesOf(folder, own), WORDS)).toEqual([])
  return statuses
}

/** Upgrades, in every form of error that there is; each has to say so much, and no password. */
export async function expectFailingUpgrade(
  { folder }: Pick<SecretProject, 'folder'>,
  says: RegExp,
): Promise<void> {
  for (const argv of [
    ['upgrade', 'head'],
    ['--raiseerr', 'upgrade', 'head'],
    ['upgrade', 'head', '--json'],
  ]) {
    const { status, output } = await runHere(folder, argv)
    expect({ argv, failed: status !== 0 }).toEqual({ argv, failed: true })
    expect(output).toMatch(says)
    expect({ argv, told: told(output, WORDS) }).toEqual({ argv, told: [] })
  }
}
