import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CaseResult } from '../family.ts'
import { readCreated } from './created.ts'
import { createDatabase, type TranscriptDatabase } from './database.ts'
import { writeProject } from './project.ts'
import {
  acceptedOutputs,
  foldDiffs,
  hideDates,
  listFiles,
  Placeholders,
  sameText,
  withoutReturning,
} from './texts.ts'
import type { CommandStep, Transcript } from './transcript.ts'

const BIN = fileURLToPath(new URL('../../../src/cli/bin.js', import.meta.url))

/** Runs a transcript in a folder of its own and reports the first step that differs. */
export async function runTranscript(transcript: Transcript, server: string): Promise<CaseResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-cli-')))
  const database = await createDatabase(server, folder)
  try {
    writeProject(transcript, folder, database.url)
    const placeholders = new Placeholders(transcript, folder, database.url)
    const run = new TranscriptRun(transcript, folder, database, placeholders)
    for (const [index, step] of transcript.steps.entries()) {
      if ('exec' in step) for (const sql of step.exec) await database.execute(sql)
      else if ('remove' in step)
        for (const path of step.remove) rmSync(join(folder, path), { recursive: true })
      else {
        const difference = await run.step(step)
        if (difference !== null)
          return {
            id: transcript.id,
            passed: false,
            message: `step ${index + 1}: alembic ${step.argv.join(' ')}`,
            ...difference,
          }
      }
    }
    return { id: transcript.id, passed: true }
  } finally {
    await database.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Difference {
  readonly expected: unknown
  readonly actual: unknown
}

class TranscriptRun {
  readonly #transcript: Transcript
  readonly #folder: string
  readonly #database: TranscriptDatabase
  readonly #placeholders: Placeholders

  constructor(
    transcript: Transcript,
    folder: string,
    database: TranscriptDatabase,
    placeholders: Placeholders,
  ) {
    this.#transcript = transcript
    this.#folder = folder
    this.#database = database
    this.#placeholders = placeholders
  }

  /** Runs one command; null where all is as expected. */
  async step(step: CommandStep): Promise<Difference | null> {
    const before = new Set(listFiles(this.#folder))
    const result = await this.#run(step)
    const newFiles = listFiles(this.#folder).filter((path) => !before.has(path))
    const created = readCreated(this.#folder, newFiles)
    for (const { id, path } of created) this.#placeholders.addRevision(id, join(this.#folder, path))

    const isExpectedExit = step.exit === 'nonzero' ? result.exit > 0 : result.exit === step.exit
    if (!isExpectedExit || !this.#isExpectedOutput(step, result))
      return { expected: this.#expectation(step), actual: result }
    if (
      step.exit === 'nonzero' &&
      /\n {4}at .*:\d+/.test(result.stdout + result.stderr) &&
      !step.argv.includes('--raiseerr')
    )
      return { expected: 'one clear message and no stack trace', actual: result }

    const expectedFiles = (step.new_files ?? [])
      .map((path) => this.#placeholders.fill(path))
      .toSorted()
    if (JSON.stringify(newFiles) !== JSON.stringify(expectedFiles))
      return { expected: { new_files: expectedFiles }, actual: { new_files: newFiles } }
    return this.#compareCreated(step, created) ?? (await this.#compareState(step))
  }

  #expectation({ exit, stdout, stderr, any_of: anyOf }: CommandStep): unknown {
    const fill = (text: string | null | undefined): unknown =>
      typeof text === 'string' ? this.#placeholders.fill(text) : text
    return { exit, ...(anyOf ? { any_of: anyOf } : { stdout: fill(stdout), stderr: fill(stderr) }) }
  }

  #isExpectedOutput(step: CommandStep, result: Result): boolean {
    const fill = (text: string): string =>
      foldDiffs(withoutReturning(this.#placeholders.fill(text)))
    return acceptedOutputs(step).some(
      ({ stdout, stderr }) =>
        (typeof stdout !== 'string' ||
          sameText(fill(stdout), foldDiffs(result.stdout), step.stdout_unordered)) &&
        (typeof stderr !== 'string' ||
          sameText(fill(stderr), foldDiffs(result.stderr), step.stderr_unordered)),
    )
  }

  #compareCreated(step: CommandStep, created: readonly object[]): Difference | null {
    if (step.created === undefined) return null
    const expected = JSON.parse(
      this.#placeholders.fill(JSON.stringify(step.created)),
    ) as readonly object[]
    const keys = ['id', 'down', 'deps', 'labels', 'doc', 'path']
    const text = (items: readonly object[]): string =>
      JSON.stringify(items.map((item) => keys.map((key) => (item as Record<string, unknown>)[key])))
    return text(expected) === hideDates(text(created)) ? null : { expected, actual: created }
  }

  async #compareState(step: CommandStep): Promise<Difference | null> {
    if (step.after === undefined) return null
    const configured = this.#transcript.config.env?.configure?.['version_table']
    const versionTable = typeof configured === 'string' ? configured : 'alembic_version'
    const state = await this.#database.readState(versionTable)
    const expected = step.after
    const isSame =
      expected === null || state === null
        ? expected === state
        : JSON.stringify([expected.version, expected.tables.toSorted()]) ===
          JSON.stringify([state.version, state.tables])
    return isSame ? null : { expected: { after: expected }, actual: { after: state } }
  }

  async #run(step: CommandStep): Promise<Result> {
    const args = step.argv.map((arg) => this.#placeholders.fill(arg))
    const { ALEMBIC_CONFIG: _ignored, EDITOR: _editor, VISUAL: _visual, ...inherited } = process.env
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: join(this.#folder, step.cwd ?? ''),
      env: { ...inherited, COLUMNS: '80', ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    const exit = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('close', (code) => resolve(code ?? -1))
    })
    return { exit, stdout: hideDates(output.stdout), stderr: hideDates(output.stderr) }
  }
}

interface Result {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}
