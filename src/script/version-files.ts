import { type Dirent, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { ScriptFileError } from '../errors/script-error.ts'
import { type Declared, scanHeader } from './header/scan.ts'
import { type Exports, importFile, importFileSync } from './loader.ts'
import type { RevisionHeader, RevisionIds } from './revision.ts'
import { type Direction, type MigrationFunction, Script } from './script.ts'

export interface VersionFilesOptions {
  /** Look in the folders below, too. */
  readonly recursive: boolean
  /** Of a source and its compiled output side by side, take the output. */
  readonly sourceless: boolean
  readonly onWarning: (message: string) => void
}

/** The kinds of revision files: source, and the output that the compiler puts beside it. */
const OUTPUT_OF: ReadonlyMap<string, string> = new Map([
  ['.ts', '.js'],
  ['.mts', '.mjs'],
  ['.cts', '.cjs'],
])
const EXTENSIONS = new Set([...OUTPUT_OF].flat())
const NAMES = ['revision', 'downRevision', 'branchLabels', 'dependsOn'] as const
const NOT_A_REVISION = /^\.#|^__init__|\.d\.[cm]?ts$/
const ID_AS_NAME = /^([a-f0-9]+)\.[cm]?[jt]s$/

/**
 * Yields the revisions of some folders, in their order, each folder's files by name.
 *
 * A folder that does not exist has none. Files are read, not run.
 *
 * @throws ScriptFileError for a file that can't be read or has no revision id.
 */
export function* readVersionFiles(
  locations: readonly string[],
  options: VersionFilesOptions,
): Generator<Script, void, undefined> {
  const seen = new Set<string>()
  for (const location of locations)
    for (const path of listFolder(location, options)) {
      if (seen.has(path)) {
        options.onWarning(
          `File ${path} loaded twice! ignoring. Please ensure version_locations is unique.`,
        )
        continue
      }
      seen.add(path)
      yield readScript(path)
    }
}

/** Reads one revision file; its code runs only where the header is not written in literals. */
export function readScript(path: string): Script {
  const { exports, opaque, doc } = scanHeader(readSource(path), NAMES)
  const header = new Map<string, unknown>()
  for (const [name, declared] of exports) header.set(name, literalOf(declared))
  if ([...exports.values()].includes('computed') || (opaque && !exports.has('revision'))) {
    const imported = importFileSync(path)
    for (const name of NAMES) if (name in imported) header.set(name, imported[name])
  }
  return new Script({
    ...checkedHeader(path, header),
    path,
    longdoc: doc,
    loadFunction: (direction) => loadFunction(path, direction),
  })
}

async function loadFunction(path: string, direction: Direction): Promise<MigrationFunction> {
  const exports: Exports = await importFile(path)
  const found = exports[direction]
  if (typeof found === 'function') return found as MigrationFunction
  throw new ScriptFileError(
    `${path} has no function '${direction}'; add: export async function ${direction}() {}`,
    path,
  )
}

function checkedHeader(path: string, header: ReadonlyMap<string, unknown>): RevisionHeader {
  const name = basename(path)
  const revision = header.has('revision') ? header.get('revision') : ID_AS_NAME.exec(name)?.[1]
  if (revision === undefined)
    throw new ScriptFileError(
      `Could not determine revision id from filename ${name}. Be sure the 'revision' variable is declared inside the ` +
        "script (please see 'Upgrading from Alembic 0.1 to 0.2' in the documentation).",
      path,
    )
  if (typeof revision !== 'string' || revision === '')
    throw new ScriptFileError(`'revision' in ${path} has to be a string that is not empty`, path)
  if (!header.has('downRevision'))
    throw new ScriptFileError(
      `${path} has no 'downRevision'; export the id of the revision before it, or null if it is the first`,
      path,
    )
  return {
    revision,
    downRevision: ids(path, 'downRevision', header),
    branchLabels: ids(path, 'branchLabels', header),
    dependsOn: ids(path, 'dependsOn', header),
  }
}

function ids(path: string, name: string, header: ReadonlyMap<string, unknown>): RevisionIds {
  const value = header.get(name) ?? null
  if (value === null || typeof value === 'string') return value
  if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value
  throw new ScriptFileError(
    `'${name}' in ${path} has to be a string, an array of strings, or null`,
    path,
  )
}

function literalOf(declared: Declared): unknown {
  return declared === 'computed' ? undefined : declared.literal
}

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Returns the real paths of a folder's revision files, folder by folder, sorted by name. */
function listFolder(folder: string, options: VersionFilesOptions): string[] {
  let entries: Dirent[]
  let real: string
  try {
    entries = readdirSync(folder, { withFileTypes: true })
    real = realpathSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw unreadable(folder, error)
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = new Set(entries.map(({ name }) => name))
  const files = entries
    .filter((entry) => !entry.isDirectory() && isRevisionFile(entry.name, names, options))
    .map((entry) => {
      const path = join(real, entry.name)
      return entry.isSymbolicLink() ? linkTarget(path) : path
    })
  if (!options.recursive) return files
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  return [...files, ...folders.flatMap(({ name }) => listFolder(join(real, name), options))]
}

function linkTarget(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function isRevisionFile(
  name: string,
  siblings: ReadonlySet<string>,
  { sourceless }: VersionFilesOptions,
): boolean {
  const extension = extname(name)
  if (!EXTENSIONS.has(extension) || NOT_A_REVISION.test(name)) return false
  const stem = name.slice(0, -extension.length)
  for (const [source, output] of OUTPUT_OF) {
    if (sourceless && extension === source) return !siblings.has(stem + output)
    if (!sourceless && extension === output) return !siblings.has(stem + source)
  }
  return true
}

function unreadable(path: string, error: unknown): ScriptFileError {
  return new ScriptFileError(`Can't read ${path}: ${(error as Error).message}`, path, {
    cause: error,
  })
}
