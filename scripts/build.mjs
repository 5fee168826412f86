// Builds dist/ from src/: plain tsc, then outputs whose source is gone are removed. The folder is never emptied first, so
// that a program that runs from dist/ keeps running through a rebuild.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, tsc } from './tsc.mjs'

const src = join(root, 'src')
const dist = join(root, 'dist')

const status = tsc(['-p', 'tsconfig.build.json'])
if (status !== 0) process.exit(status)

for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile()) continue
  const path = join(file.parentPath, file.name)
  const source = path.replace(dist, src).replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts')
  if (!existsSync(source)) rmSync(path)
}

const bin = join(dist, 'cli/bin.js')
if (existsSync(bin)) chmodSync(bin, 0o755)
