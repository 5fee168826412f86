import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { createAll } from '../../src/runtime/create-all.ts'
import type { MetaData } from '../../src/sql/schema/metadata.ts'
import type { createEngine } from '../../src/engine/engine.ts'
import { makeProject } from './bench-project.ts'
import { largeModel } from './large-model.ts'

/** The parts of the built package that make the tables. */
interface Package {
  readonly createEngine: typeof createEngine
  readonly sa: { readonly createAll: typeof createAll }
}

/** A project whose models are in sync with its database, and the folder in it that has them in Python. */
export interface ModelProject {
  readonly folder: string
  readonly python: string
}

const TABLES_AT_ONCE = 200

/** Makes a project with models of `size` tables, in TypeScript and in Python, and their tables in an empty database. */
export async function makeModelProject(url: string, size: number): Promise<ModelProject> {
  const folder = makeProject({ revisions: [] })
  const python = join(folder, 'python')
  mkdirSync(python)
  replace(join(folder, 'alembic.ini'), /^sqlalchemy\.url = .*$/m, `sqlalchemy.url = ${url}`)
  replace(
    join(folder, 'alembic/env.ts'),
    'const targetMetadata = null',
    "import { metadata as targetMetadata } from '../models.ts'",
  )
  writeModels({ folder, python }, size, false)
  const { createEngine, sa } = (await importFrom(
    folder,
    'node_modules/alembic-ts/dist/index.js',
  )) as Package
  // A module of JavaScript, too: no type stands in it.
  writeFileSync(join(folder, 'models.mjs'), readFileSync(join(folder, 'models.ts')))
  const { metadata } = (await importFrom(folder, 'models.mjs')) as { readonly metadata: MetaData }
  const engine = createEngine(url)
  const connection = await engine.connect()
  // A transaction for each table costs SQLite a file, and one for all of them PostgreSQL more locks than it has.
  const tables = metadata.sortedTables
  for (let at = 0; at < size; at += TABLES_AT_ONCE) {
    const some = { tables: tables.slice(at, at + TABLES_AT_ONCE) }
    await connection.transaction(() => sa.createAll(metadata, connection, some))
  }
  await connection.close()
  await engine.dispose()
  rmSync(join(folder, 'models.mjs'))
  return { folder, python }
}

/** Writes the models anew; where they are `edited`, the tables are not in sync with them. */
export function writeModels({ folder, python }: ModelProject, size: number, edited: boolean): void {
  const models = largeModel(size, edited)
  writeFileSync(join(folder, 'models.ts'), models.typescript)
  writeFileSync(join(python, 'models.py'), models.python)
}

function replace(file: string, pattern: string | RegExp, by: string): void {
  const text = readFileSync(file, 'utf8')
  const replaced = text.replace(pattern, by)
  if (replaced === text) throw new Error(`${file} has no ${String(pattern)}`)
  writeFileSync(file, replaced)
}

async function importFrom(folder: string, file: string): Promise<unknown> {
  return await import(pathToFileURL(join(folder, file)).href)
}
