import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { OnRename, RenameHints, RenameSources } from '../autogenerate/renames/rename.ts'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'

/** What a command was told of renames. */
export interface RenameOptions {
  /** `table.old=new` for a column, `old=new` for a table; one that fits nothing is an error. */
  readonly rename?: readonly string[]
  /** Renames to keep in mind, or a file of them; default: what the configuration says under `renames`. */
  readonly renames?: string | RenameHints
  /** Asked about each likely rename that the environment's `onRename` says nothing about. */
  readonly onRename?: OnRename | null | undefined
}

/**
 * Reads what was said of renames: by the command, and in the configuration.
 *
 * @throws CommandError where the file can't be read
 */
export async function renameSources(
  config: Config,
  { rename = [], renames, onRename }: RenameOptions = {},
): Promise<RenameSources> {
  const given = renames ?? configuredRenames(config)
  const hints = typeof given === 'string' ? await readHints(given) : given
  return { requests: rename, hints, onRename }
}

function configuredRenames(config: Config): string | RenameHints {
  const { settings, settingsFileName } = config
  const inSettings = settings?.['renames']
  if (typeof inSettings === 'object' && inSettings !== null) return inSettings as RenameHints
  const path = config.getAlembicOption('renames')
  if (path === null || path === '') return []
  // Paths in a configuration module are relative to its folder.
  return typeof settingsFileName === 'string' ? resolve(dirname(settingsFileName), path) : path
}

async function readHints(path: string): Promise<RenameHints> {
  const { parseRenamesFile } = await import('../autogenerate/renames/renames-file.ts')
  try {
    return parseRenamesFile(readFileSync(path, 'utf8'), path)
  } catch (cause) {
    if (cause instanceof CommandError) throw cause
    throw new CommandError(`can't read the renames in ${path}: ${String(cause)}`, { cause })
  }
}
