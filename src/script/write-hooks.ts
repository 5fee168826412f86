import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import type { PostWriteHook } from '../config/settings.ts'
import { PostWriteHookError } from '../errors/script-error.ts'
import { type MessagingOptions, status } from '../util/messaging.ts'
import { splitCommandLine } from './command-line.ts'
import { importFile } from './loader.ts'
import { findPackageProgram } from './package-program.ts'

/** What a hook gets: the new file's path, its own options, and how commands speak to the user. */
export type WriteHookFunction = (
  path: string,
  options: PostWriteHook,
  messaging: MessagingOptions,
) => unknown

const FILE_TOKEN = 'REVISION_SCRIPT_FILENAME'

const registry = new Map<string, WriteHookFunction>([
  ['exec', runExecutable],
  ['npm', runPackageProgram],
  // The name of the type that does in a Python project what `npm` does here.
  ['console_scripts', runPackageProgram],
  ['module', runModule],
])

/**
 * Makes a function known as a type of post-write hook.
 *
 * @example
 * registerWriteHook('sort-imports', (path) => sortImports(path))
 */
export function registerWriteHook(type: string, run: WriteHookFunction): void {
  registry.set(type, run)
}

/**
 * Runs the hooks on a new file, one after the other. What a program's exit status says is its own affair; a program that
 * can't be started is a PostWriteHookError, and the file stays.
 */
export async function runWriteHooks(
  path: string,
  hooks: readonly PostWriteHook[],
  messaging: MessagingOptions = {},
): Promise<void> {
  for (const hook of hooks) {
    const { name, type } = hook
    if (type === undefined)
      throw new PostWriteHookError(
        `Key '${name}.type' (or 'type' in toml) is required for post write hook '${name}'`,
      )
    const work = async (): Promise<void> => {
      const run = registry.get(type)
      if (run === undefined)
        throw new PostWriteHookError(`No formatter with name '${type}' registered`)
      await run(path, hook, messaging)
    }
    await status(`Running post write hook '${name}'`, work, { ...messaging, newline: true })
  }
}

function runExecutable(path: string, hook: PostWriteHook, messaging: MessagingOptions): void {
  runProgram(required(hook, 'executable'), [], path, hook, messaging)
}

function runPackageProgram(path: string, hook: PostWriteHook, messaging: MessagingOptions): void {
  const entrypoint = required(hook, 'entrypoint')
  const program = findPackageProgram(entrypoint, hook['package'] ?? entrypoint, folderOf(hook))
  if (program === null)
    throw new PostWriteHookError(
      `Could not find entrypoint ${hook.type}.${entrypoint}; install the package that has it, or name that in ${hook.name}.package`,
    )
  runProgram(process.execPath, [program], path, hook, messaging)
}

async function runModule(
  path: string,
  hook: PostWriteHook,
  messaging: MessagingOptions,
): Promise<void> {
  const name = required(hook, 'module')
  const file = resolveModule(name, folderOf(hook))
  if (file === null) throw new PostWriteHookError(`Could not find module ${name}`)
  const exports = await importFile(file)
  const run = [exports['default'], exports['run']].find((each) => typeof each === 'function')
  if (run === undefined)
    throw new PostWriteHookError(`Module ${name} exports neither a default function nor 'run'`)
  await (run as WriteHookFunction)(path, hook, messaging)
}

function resolveModule(name: string, folder: string): string | null {
  const path = isAbsolute(name) ? name : join(folder, name)
  if (existsSync(path)) return path
  try {
    return createRequire(join(folder, 'index.js')).resolve(name)
  } catch {
    return null
  }
}

function runProgram(
  command: string,
  first: readonly string[],
  path: string,
  hook: PostWriteHook,
  { stdout }: MessagingOptions,
): void {
  const collects = stdout !== undefined && stdout !== process.stdout
  const { error, stdout: output } = spawnSync(command, [...first, ...argumentsOf(hook, path)], {
    cwd: folderOf(hook),
    stdio: ['inherit', collects ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
  })
  if (error !== undefined)
    throw new PostWriteHookError(
      `Post write hook '${hook.name}' can't run '${command}': ${error.message}`,
      { cause: error },
    )
  if (collects) stdout.write(output)
}

/** Splits the option `options` and puts the file's path in, first where it is not said where. */
function argumentsOf(hook: PostWriteHook, path: string): string[] {
  const options = hook['options'] ?? ''
  const text = options.includes(FILE_TOKEN) ? options : `${FILE_TOKEN} ${options}`
  return splitCommandLine(text).map((argument) => argument.replaceAll(FILE_TOKEN, path))
}

function folderOf(hook: PostWriteHook): string {
  return resolve(hook['cwd'] ?? '.')
}

function required(hook: PostWriteHook, option: string): string {
  const value = hook[option]
  if (value === undefined)
    throw new PostWriteHookError(
      `Key ${hook.name}.${option} is required for post write hook '${hook.name}'`,
    )
  return value
}
