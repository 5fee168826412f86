import { statSync } from 'node:fs'
import { basename } from 'node:path'
import {
  describeLoadError,
  type ImportOptions,
  importModule,
  importModuleSync,
  isLoadError,
  type ModuleExports,
} from '../config/module-loader.ts'
import { AlembicError } from '../errors/alembic-error.ts'
import { ScriptFileError } from '../errors/script-error.ts'

/** What a file exports, by name; of a CommonJS file the properties of `module.exports`. */
export type Exports = ModuleExports

/** When the files were changed last that were imported: in a program that goes on, they may be edited meanwhile. */
const changeTimes = new Map<string, number>()

/**
 * Imports a file that only declares things, such as a revision; again where it was edited since.
 *
 * @throws ScriptFileError, with the cause, where the file can't be parsed or throws; errors of this package as they are.
 */
export async function importFile(path: string): Promise<Exports> {
  try {
    const changed = statSync(path).mtimeMs
    const known = changeTimes.get(path)
    changeTimes.set(path, changed)
    return await importModule(path, { fresh: known !== undefined && known !== changed })
  } catch (error) {
    throw error instanceof AlembicError ? error : broken(path, error)
  }
}

/** As `importFile()`, at once: for the rare file whose header is computed. It may not await at its top level. */
export function importFileSync(path: string): Exports {
  try {
    return importModuleSync(path)
  } catch (error) {
    throw error instanceof AlembicError ? error : broken(path, error)
  }
}

/**
 * Runs a file that does something, such as the env file, each time anew.
 *
 * @throws ScriptFileError where the file can't be loaded; what it throws while it runs comes through as it is.
 */
export async function runFile(
  path: string,
  options: Pick<ImportOptions, 'hasBegun'>,
): Promise<void> {
  try {
    await importModule(path, { ...options, fresh: true })
  } catch (error) {
    throw isLoadError(error) && options.hasBegun?.() !== true ? broken(path, error) : error
  }
}

function broken(path: string, error: unknown): ScriptFileError {
  return new ScriptFileError(
    `Can't load ${path}: ${describeLoadError(error)}; correct ${basename(path)}, then run the command again`,
    path,
    { cause: error },
  )
}
