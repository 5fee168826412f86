import { type Dirent, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { basename, extname, join, sep } from 'node:path'
import { ScriptFileError } from '../errors/script-error.ts'
import type { Declared } from './header/declared.ts'
import { scanHeader } from './header/scan.ts'
import { type Exports, importFile, importFileSync } from './loader.ts'
import { scanSqlHeader } from './plain-sql/header.ts'
import type { RevisionHeader, RevisionIds } from './revision.ts'
import { type Direction, type LoadFunction, type MigrationFunction, Script } from './script.ts'

export interface VersionFilesOptions {
  /** Look in the folders below, too. */
  readonly recursive: boolean
  readonly onWarning: (message: string) => void
}

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts'])
const JAVASCRIPT = new Set(['.js', '.mjs', '.cjs'])
const SQL = '.sql'
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
      const script = readScript(path)
      if (script !== null) yield script
    }
}

/** Reads one revision file; null where it is SQL, and no revision. */
export function readScript(path: string): Script | null {
  const source = readSource(path)
  return extname(path) === SQL ? readSqlScript(path, source) : readModule(path, source)
}

function readSqlScript(path: string, source: string): Script | null {
  const header = scanSqlHeader(source, path)
  if (header === null) return null
  const loadSql: LoadFunction = async (direction, syntax) => {
    // Loaded where one is run: it needs operations, which commands that only look at the graph do not.
    const { sqlMigration } = await import('./plain-sql/migration.ts')
    return sqlMigration({ path, source: readSource(path) }, direction, syntax)
  }
  const { values, doc } = header
  return new Script({
    ...checkedHeader(path, values),
    path,
    longdoc: doc,
    loadFunction: loadSql,
  })
}

/** The code of a module runs only where its header is not written in literals. */
function readModule(path: string, source: string): Script {
  const { exports, opaque, doc } = scanHeader(source, NAMES)
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
  const sources = new Set(
    entries.filter(({ name }) => TYPESCRIPT.has(extname(name))).map(({ name }) => stemOf(name)),
  )
  const files = entries
    .filter((entry) => !entry.isDirectory() && isRevisionFile(entry.name, sources))
    .map((entry) => {
      // Not join(), which would look for dots in the folder's name again for every file.
      const path = real + sep + entry.name
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

/** `sources` are the names of TypeScript files, of which JavaScript of the same name is the compiled output. */
function isRevisionFile(name: string, sources: ReadonlySet<string>): boolean {
  if (NOT_A_REVISION.test(name)) return false
  const extension = extname(name)
  if (JAVASCRIPT.has(extension)) return !sources.has(stemOf(name))
  return TYPESCRIPT.has(extension) || extension === SQL
}

function stemOf(name: string): string {
  return name.slice(0, -extname(name).length)
}

function unreadable(path: string, error: unknown): ScriptFileError {
  return new ScriptFileError(`Can't read ${path}: ${(error as Error).message}`, path, {
    cause: error,
  })
}
