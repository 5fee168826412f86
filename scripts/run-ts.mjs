// node scripts/run-ts.mjs <script.ts> [args…]: compiles src/ and scripts/ without type checks and runs the script.
//
// The output goes to build/<fingerprint of the sources>/, written aside and renamed into place: runs side by side never read
// half a build, and a run without changes compiles nothing.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, tsc } from './tsc.mjs'

const [script, ...args] = process.argv.slice(2)
if (script === undefined) {
  console.error('usage: node scripts/run-ts.mjs <script.ts> [args...]')
  process.exit(2)
}

const builds = join(root, 'build')
const build = join(builds, fingerprint())
if (!existsSync(build)) compile()

const entry = join(build, relative(root, resolve(script)).replace(/\.ts$/, '.js'))
process.argv = [process.argv[0], entry, ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(entry).href)

function fingerprint() {
  const hash = createHash('sha256')
  for (const folder of ['src', 'scripts', 'test/live', 'test/torture']) {
    if (!existsSync(join(root, folder))) continue
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      const stat = statSync(join(root, folder, name), { throwIfNoEntry: false })
      if (stat?.isFile()) hash.update(`${folder}/${name} ${stat.mtimeMs} ${stat.size}\n`)
    }
  }
  return hash.digest('hex').slice(0, 12)
}

function compile() {
  const fresh = `${build}.${process.pid}`
  // Messages are shown but don't stop the run: what doesn't parse fails when it is imported.
  tsc(['-p', 'tsconfig.scripts.json', '--outDir', fresh])
  mkdirSync(fresh, { recursive: true })
  // What compiled code finds beside dist/ it finds beside build/<fingerprint>/src/, too.
  for (const name of ['package.json', 'templates', 'schemas']) {
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(fresh, name))
  }
  try {
    renameSync(fresh, build)
  } catch {
    rmSync(fresh, { recursive: true }) // another run was faster
  }
  for (const name of readdirSync(builds)) {
    const stat = statSync(join(builds, name), { throwIfNoEntry: false })
    const hour = 3_600_000
    if (stat && Date.now() - stat.mtimeMs > hour)
      rmSync(join(builds, name), { recursive: true, force: true })
  }
}
