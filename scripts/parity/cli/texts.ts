import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { fileName } from './project.ts'
import type { Output, Step, Transcript, Unordered } from './transcript.ts'
import { foldVersionRows } from './version-rows.ts'

/** Fills the placeholders of expected texts, and puts placeholders into actual ones where a text differs from run to run. */
export class Placeholders {
  readonly #folder: string
  readonly #url: string
  readonly #files: Map<string, string>
  /** Ids that the transcript gives; any other one was generated. */
  readonly #given: ReadonlySet<string>
  readonly #generated: string[] = []

  constructor({ files, steps }: Transcript, folder: string, url: string) {
    this.#folder = folder
    this.#url = url
    this.#files = new Map(
      Object.entries(files).flatMap(([path, file]) =>
        'id' in file ? [[file.id, join(folder, fileName(path, file))] as const] : [],
      ),
    )
    this.#given = new Set([...this.#files.keys(), ...steps.flatMap(wordsOf)])
  }

  /** Takes notice of a revision that a command made. */
  addRevision(id: string, path: string): void {
    this.#files.set(id, path)
    if (!this.#given.has(id) && !this.#generated.includes(id)) this.#generated.push(id)
  }

  /** An expected text or argument with its placeholders filled. */
  fill(text: string): string {
    return text
      .replaceAll('<DIR>', this.#folder)
      .replaceAll('<URL>', this.#url)
      .replaceAll('<BIN>', systemFolder())
      .replace(/<FILE:(.+?)>/g, (_match, id: string) => basename(this.#fileOf(id)))
      .replace(/<CONTENT:(.+?)>/g, (_match, id: string) => readFileSync(this.#fileOf(id), 'utf8'))
      .replace(
        /<ID(?::(\d+))?>/g,
        (found, number?: string) => this.#generated[Number(number ?? 1) - 1] ?? found,
      )
  }

  #fileOf(id: string): string {
    return this.#files.get(this.fill(id)) ?? `no file of revision ${id}`
  }
}

/** Dates of today's files, which have microseconds, become `<DATE>`. */
export function hideDates(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+([+-]\d\d:\d\d)?/g, '<DATE>')
}

/** Whether two texts are equal, by the rule of the step. */
export function sameText(
  expected: string,
  actual: string,
  unordered: Unordered | undefined,
): boolean {
  if (expected === actual) return true
  if (unordered === undefined) return false
  // Where the order is free, so is the choice of the row that a merge updates.
  const pieces = (text: string): string =>
    text
      .split(unordered === 'lines' ? '\n' : /[\s,()]+/)
      .toSorted()
      .join('\n')
  return pieces(foldVersionRows(expected)) === pieces(foldVersionRows(actual))
}

/** The texts that a step may print. */
export function acceptedOutputs(
  step: { readonly any_of?: readonly Output[] } & Output,
): readonly Output[] {
  return step.any_of ?? [step]
}

/** Differences are printed in each project's own way (the reference: Python's); their kinds and tables are compared. */
export function foldDiffs(text: string): string {
  return text.replace(
    /(New upgrade operations detected: )(.*)/,
    (_match, start: string, diffs: string) => {
      const kinds = [...diffs.matchAll(/[[(]'((?:add|remove|modify)_\w+)', (?:Table\('(\w+)')?/g)]
      return start + kinds.map(([, kind = '', table = '']) => `${kind} ${table}`.trim()).join(', ')
    },
  )
}

/**
 * Expected scripts as this project writes them: without the RETURNING of the version row, which has no use in a script
 * (docs/differences.md).
 */
export function withoutReturning(script: string): string {
  return script.replace(/ RETURNING [\w."]*version_num;/g, ';')
}

/** Paths under `folder`, folders with a slash at their end; databases and their journals left out. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(
      (entry) =>
        join(entry.parentPath, entry.name).slice(folder.length + 1) +
        (entry.isDirectory() ? '/' : ''),
    )
    .filter((path) => !/\.db(-\w+)?$/.test(path))
    .toSorted()
}

function wordsOf(step: Step): readonly string[] {
  return 'argv' in step ? step.argv : []
}

function systemFolder(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.find((folder) => existsSync(join(folder, 'false'))) ?? '/usr/bin'
}
