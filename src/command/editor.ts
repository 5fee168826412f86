import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { CommandError } from '../errors/command-error.ts'

const POSIX_EDITORS = ['sensible-editor', 'editor', 'nano', 'vim', 'code']
const WINDOWS_EDITORS = ['code.exe', 'notepad++.exe', 'notepad.exe']

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Opens `path` in the editor named by `EDITOR`, else by `VISUAL`, else in the first well-known one, and waits for its end.
 *
 * With `leavesStdout` it talks to standard error: the output is for somebody else.
 *
 * @throws CommandError where there is no editor, or it fails.
 */
export function openInEditor(
  path: string,
  environment: Environment = process.env,
  { leavesStdout = false }: { readonly leavesStdout?: boolean } = {},
): void {
  const editor = findEditor(environment)
  const stdout = leavesStdout ? process.stderr.fd : 'inherit'
  const { status, error } = spawnSync(editor, [path], { stdio: ['inherit', stdout, 'inherit'] })
  if (error !== undefined)
    throw new CommandError(`Error executing editor (${error.message})`, { cause: error })
  if (status !== 0)
    throw new CommandError(
      `Error executing editor (Command '['${editor}', '${path}']' returned non-zero exit status ${status}.)`,
    )
}

function findEditor(environment: Environment): string {
  const isWindows = process.platform === 'win32'
  const chosen = [environment['EDITOR'], environment['VISUAL']].filter((name) => name !== undefined)
  const asPath = chosen.find((name) => existsSync(name))
  if (asPath !== undefined) return asPath
  const names = [
    ...chosen.filter((name) => !name.includes(sep)),
    ...(isWindows ? WINDOWS_EDITORS : POSIX_EDITORS),
  ]
  for (const name of names) {
    const file = isWindows && !name.endsWith('.exe') ? `${name}.exe` : name
    for (const folder of (environment['PATH'] ?? '').split(delimiter))
      if (existsSync(join(folder, file))) return join(folder, file)
  }
  throw new CommandError(
    'Error executing editor (No suitable editor found. Please set the "EDITOR" or "VISUAL" environment variables)',
  )
}
