import { readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Jiti, JitiOptions } from 'jiti'

/** What a module exports, by name; of a CommonJS module the properties of `module.exports`. */
export type ModuleExports = Readonly<Record<string, unknown>>

export interface ImportOptions {
  /** Run the file's own code again if it was imported before; what it imports runs once. Default false. */
  readonly fresh?: boolean
  /** Asked before a second attempt in another way: has the file's code begun to run? It must not run twice. */
  readonly hasBegun?: () => boolean
}

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts'])

// Where Node fails and jiti may still succeed: types that can't be stripped, a path of the tsconfig, an import without
// extension, module syntax of the other kind. Node finds them before the file's own code runs.
const LINK_ERRORS = new Set([
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_REQUIRE_ESM',
])
// A CommonJS file that asks for this package where it is not installed; for ES modules that is ERR_MODULE_NOT_FOUND.
const NO_OWN_PACKAGE = /^Cannot find module 'alembic-ts[/']/
const WRONG_MODULE_KIND = /\b(?:exports|module|require) is not defined in ES module scope/

const jitis = new Map<string, Jiti>()
let freshImports = 0
let isCopyShared = false

/**
 * Imports a JavaScript or TypeScript file of the user's project, of either module kind: natively where this Node can, else
 * through jiti. `import … from 'alembic-ts'` in it gives the running copy of this package, wherever the file is.
 *
 * What the file throws, and what Node or jiti say of a file that doesn't parse, comes through as it is.
 */
export async function importModule(
  path: string,
  options: ImportOptions = {},
): Promise<ModuleExports> {
  if (runsNatively(path)) {
    try {
      return withNames(await importNatively(path, options.fresh === true))
    } catch (error) {
      if (!needsJiti(error) || options.hasBegun?.() === true) throw error
    }
  }
  const jiti = await jitiOf(dirname(path))
  // jiti keeps its modules where CommonJS keeps them: under their path.
  if (options.fresh === true) Reflect.deleteProperty(jiti.cache, path)
  return withNames(await jiti.import<object>(path))
}

/** As `importModule()`, at once; the file may not await at its top level. */
export function importModuleSync(path: string): ModuleExports {
  return withNames(loadJiti()(path, { ...JITI_OPTIONS, alias: ownDoors() })(path) as object)
}

/** Whether Node or jiti say that a file, or one that it imports, is missing or doesn't parse. */
export function isLoadError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: string }
  return error.message.startsWith('ParseError') || code === 'MODULE_NOT_FOUND' || needsJiti(error)
}

/** What is wrong with a file that didn't load, in one line: `ParseError: Unexpected token /a/b.ts:2:9`. */
export function describeLoadError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const name = error.name === 'Error' ? '' : `${error.name}: `
  // jiti puts the place of a syntax error on a second line, and the paths that it searched on further ones.
  const lines = error.message.split('\n').map((line) => line.trim())
  return name + lines.slice(0, lines[0]?.startsWith('ParseError') ? 2 : 1).join(' ')
}

function runsNatively(path: string): boolean {
  // `false`, 'strip' or 'transform' since Node 22.10; not there before.
  const { typescript } = process.features as { readonly typescript?: string | false }
  return !TYPESCRIPT.has(extname(path)) || Boolean(typescript)
}

async function importNatively(path: string, fresh: boolean): Promise<object> {
  shareRunningCopy()
  const url = pathToFileURL(path)
  // Node keeps a module for as long as the process lives, under its whole URL.
  if (fresh) url.searchParams.set('run', String(++freshImports))
  return (await import(url.href)) as object
}

type Resolve = (specifier: string, context: unknown) => object

interface HookRegistry {
  /** Since Node 22.15. */
  readonly registerHooks?: (hooks: {
    readonly resolve: (specifier: string, context: unknown, next: Resolve) => object
  }) => unknown
}

/** What Node imports gets the running copy of this package as well, also where the project has another one. */
function shareRunningCopy(): void {
  if (isCopyShared) return
  isCopyShared = true
  const { registerHooks } = module as HookRegistry
  // The sources are run by a test runner, whose modules are not Node's.
  if (registerHooks === undefined || extname(fileURLToPath(import.meta.url)) === '.ts') return
  const doors = new Map(Object.entries(ownDoors()))
  registerHooks({
    resolve: (specifier, context, next) => {
      const door = doors.get(specifier)
      if (door === undefined) return next(specifier, context)
      return { url: pathToFileURL(door).href, format: 'module', shortCircuit: true }
    },
  })
}

function needsJiti(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: string }
  if (code !== undefined && LINK_ERRORS.has(code)) return true
  if (error instanceof SyntaxError) return true
  return WRONG_MODULE_KIND.test(error.message) || NO_OWN_PACKAGE.test(error.message)
}

const JITI_OPTIONS: JitiOptions = {
  interopDefault: false,
  tsconfigPaths: true,
  nativeModules: ['alembic-ts', 'typescript'],
}

/** By `require()`: to import it, Node 20 would parse its 190 kB a second time, for the names of its exports. */
function loadJiti(): typeof import('jiti').createJiti {
  return (createRequire(import.meta.url)('jiti') as typeof import('jiti')).createJiti
}

/** One instance for each folder: it finds the tsconfig that holds there. */
async function jitiOf(folder: string): Promise<Jiti> {
  const known = jitis.get(folder)
  if (known !== undefined) return known
  const virtualModules = await ownModules()
  const jiti = loadJiti()(join(folder, 'index.js'), { ...JITI_OPTIONS, virtualModules })
  jitis.set(folder, jiti)
  return jiti
}

/**
 * The running copy of this package under the names of its entry points, so that a migration's `op` is the one that runs it,
 * whatever copy the project has installed.
 */
async function ownModules(): Promise<Record<string, unknown>> {
  const modules: Record<string, unknown> = {}
  for (const [name, file] of Object.entries(ownDoors()))
    if (name === 'alembic-ts') modules[name] = await import(pathToFileURL(file).href)
    // Loaded when a file asks for it; jiti awaits what it finds here.
    else
      Object.defineProperty(modules, name, {
        enumerable: true,
        get: (): unknown => import(pathToFileURL(file).href),
      })
  return modules
}

/** The package's entry points: name to file. */
function ownDoors(): Record<string, string> {
  const { exports } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { readonly exports: Readonly<Record<string, string | { readonly default: string }>> }
  // The manifest names the files of dist/; this copy may run from the sources.
  const extension = extname(fileURLToPath(import.meta.url))
  return Object.fromEntries(
    Object.entries(exports).flatMap(([door, target]) => {
      if (typeof target === 'string') return []
      const file = target.default.replace('./dist/', '../').replace(/\.js$/, extension)
      return [[`alembic-ts${door.slice(1)}`, fileURLToPath(new URL(file, import.meta.url))]]
    }),
  )
}

/** Puts what a CommonJS file exports beside what Node has found out itself. */
function withNames(module: object): ModuleExports {
  const { default: value } = module as { readonly default?: unknown }
  return typeof value === 'object' && value !== null
    ? { ...(value as ModuleExports), ...(module as ModuleExports) }
    : (module as ModuleExports)
}
