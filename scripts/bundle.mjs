// What a command loads is a few files: Node takes about half a millisecond of CPU time for each file of a program.
//
// The command line's entry and the package's entry points share every one of them, so that there is one copy of everything in
// a process, and what few need (each database, each driver, autogenerate) is loaded when it is used.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { root } from './tsc.mjs'

/** Each group with all that it imports: the graph of the revisions, then what every database needs, then each database. */
const GROUPS = [
  { name: 'graph', test: /\/src\/(?:cli\/main|command\/(?:branches|heads|history|show))\.ts$/ },
  {
    name: 'core',
    test: /\/src\/(?:index|(?:sql|engine|impl)\/.*|command\/(?:current|upgrade|downgrade|stamp))\.ts$/,
  },
  {
    name: (id) => /\/src\/dialects\/([^/]+)\/index\.ts$/.exec(id)?.[1],
    debugName: 'dialects',
    test: /\/src\/dialects\/[^/]+\/index\.ts$/,
  },
]

/** Bundles the entry points of `package.json` into `dist`; returns the paths of all files that belong there. */
export async function bundle(src, dist) {
  const build = await rolldown({
    input: entryPoints(src),
    platform: 'node',
    external: /^[^./]/,
    treeshake: false,
    checks: { ineffectiveDynamicImport: false, bundlerTimings: false },
  })
  const { output } = await build.generate({
    dir: dist,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    minifyInternalExports: false,
    // Log lines and errors name classes.
    keepNames: true,
    comments: { jsdoc: false, annotation: false },
    codeSplitting: {
      groups: GROUPS.map((group, index) => ({ ...group, priority: GROUPS.length - index })),
    },
  })
  await build.close()
  for (const chunk of output) assertPathsHold(chunk, src)
  return new Set(output.map((file) => write(join(dist, file.fileName), file)))
}

/** The files that `package.json` names, each with its source. */
function entryPoints(src) {
  const { bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const files = [...Object.values(bin), ...Object.values(exports).map((door) => door.default)]
  const names = files.flatMap((file) => /^\.\/dist\/(.*)\.js$/.exec(file)?.[1] ?? [])
  return Object.fromEntries(names.map((name) => [name, join(src, `${name}.ts`)]))
}

/** Code that looks for files beside itself must be as deep in dist/ as it was in src/. */
function assertPathsHold({ fileName, moduleIds = [] }, src) {
  const depth = fileName.split('/').length
  for (const id of moduleIds) {
    if (!id.startsWith(src) || !readFileSync(id, 'utf8').includes('import.meta.url')) continue
    if (relative(src, id).split(sep).length !== depth)
      throw new Error(`${id} uses import.meta.url, which in dist/${fileName} is another folder's`)
  }
}

/** Written aside and renamed into place: a program that starts meanwhile never reads half a file. */
function write(path, { type, code, source }) {
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, type === 'chunk' ? code : source)
  renameSync(fresh, path)
  return path
}
