import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseResult } from './family.ts'
import { type FamilyEntry, findFamily, loadFamily } from './families/index.ts'

type Case = Record<string, unknown>

/** All outcomes of one vector file. */
export interface FileReport {
  readonly file: string
  readonly family: string
  readonly passed: number
  readonly failed: number
  readonly failures: readonly CaseResult[]
  readonly milliseconds: number
}

/** The vector files under `paths` (files, or folders searched recursively), sorted, each once. */
export function findVectorFiles(paths: readonly string[]): string[] {
  const found = new Set<string>()
  for (const path of paths) {
    if (!statSync(path).isDirectory()) found.add(path)
    else
      for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }))
        if (name.endsWith('.json')) found.add(join(path, name))
  }
  return [...found].toSorted()
}

/** A vector file that was read: its cases and the family that their shape belongs to. */
export class VectorFile {
  readonly path: string
  readonly cases: readonly Case[]
  readonly entry: FamilyEntry | undefined
  readonly #firstCase: Case

  /** `filter` keeps the cases whose id contains it. */
  constructor(path: string, filter: string) {
    const cases: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!Array.isArray(cases) || cases.length === 0)
      throw new TypeError(`${path}: no array of cases`)
    this.path = path
    this.#firstCase = cases[0] as Case
    this.cases = (cases as Case[]).filter(({ id }) => String(id).includes(filter))
    this.entry = findFamily(this.#firstCase)
  }

  /** Files of one lane share the databases of a server and never run at the same time. */
  get lane(): string {
    return this.entry?.lane?.(this.#firstCase) ?? this.path
  }

  /** Runs the cases. Every one of them is counted: what has no result has failed. */
  async run(): Promise<FileReport> {
    const start = performance.now()
    const open = new Map<string, number>()
    for (const { id } of this.cases) open.set(String(id), (open.get(String(id)) ?? 0) + 1)
    const failures: CaseResult[] = []
    let message = 'the family gave no result for this case'
    try {
      for await (const result of await this.#results()) {
        const left = open.get(result.id) ?? 0
        if (left === 0) throw new TypeError(`unexpected or repeated result for case ${result.id}`)
        open.set(result.id, left - 1)
        if (!result.passed) failures.push(result)
      }
    } catch (error) {
      message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
    for (const [id, left] of open)
      for (let i = 0; i < left; i++) failures.push({ id, passed: false, message })
    return this.report(failures, performance.now() - start)
  }

  /** The report of a file that could not be run at all. */
  failed(message: string): FileReport {
    return this.report(
      this.cases.map(({ id }) => ({ id: String(id), passed: false, message })),
      0,
    )
  }

  report(failures: readonly CaseResult[], milliseconds: number): FileReport {
    return {
      file: this.path,
      family: this.entry?.name ?? 'unknown',
      passed: this.cases.length - failures.length,
      failed: failures.length,
      failures,
      milliseconds: Math.round(milliseconds),
    }
  }

  async #results(): Promise<AsyncIterable<CaseResult> | Iterable<CaseResult>> {
    if (this.entry === undefined) throw new TypeError('the shape of the first case fits no family')
    const family = await loadFamily(this.entry)
    if (!family.matches(this.#firstCase, this.path))
      throw new TypeError(`family ${family.name} does not know the shape of the first case`)
    return family.run(this.cases, this.path)
  }
}
