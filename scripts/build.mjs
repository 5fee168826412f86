// Builds dist/ from src/: declarations by tsc, and of the code a few files instead of some hundreds (scripts/bundle.mjs).
// The folder is never emptied first, so that a program that runs from dist/ keeps running through a rebuild.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.mjs'
import { root, tsc } from './tsc.mjs'

const src = join(root, 'src')
const dist = join(root, 'dist')

const status = tsc(['-p', 'tsconfig.build.json'])
const code = await bundle(src, dist)

for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile()) continue
  const path = join(file.parentPath, file.name)
  const source = path.replace(dist, src).replace(/\.d\.ts(\.map)?$/, '.ts')
  const isMade = path === source.replace(src, dist) ? code.has(path) : existsSync(source)
  if (!isMade) rmSync(path)
}

chmodSync(join(dist, 'cli/bin.js'), 0o755)
process.exit(status)
