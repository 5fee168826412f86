import { createInterface } from 'node:readline/promises'
import type { OnRename, RenameAnswer, RenameQuestion } from '../autogenerate/renames/rename.ts'

/** Where questions go, and where answers come from. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/** Asks about renames where somebody is there to answer; else `null`. */
export function renameAsker(
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): OnRename | null {
  if (input.isTTY !== true || output.isTTY !== true) return null
  return async (question) => {
    const terminal = createInterface({ input, output })
    // Ctrl-D: no answer, no rename.
    const ended = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)))
    try {
      for (;;) {
        const answer = await Promise.race([terminal.question(questionText(question)), ended])
        const understood = answer === null ? null : readAnswer(answer, question)
        if (understood !== undefined) return understood
      }
    } finally {
      terminal.close()
    }
  }
}

/** What is asked: yes or no, or which of several. */
export function questionText({ kind, schema, table, from, candidates }: RenameQuestion): string {
  const parts = kind === 'column' ? [schema, table, from] : [schema, from]
  const place = parts.filter((part) => part !== null).join('.')
  const [only, ...others] = candidates
  if (others.length === 0) return `Was the ${kind} ${place} renamed to ${only?.name ?? ''}? [y/N] `
  const list = candidates.map(({ name }, index) => `  ${index + 1}  ${name}\n`).join('')
  return `What became of the ${kind} ${place}?\n  0  it is dropped\n${list}[0-${candidates.length}] `
}

/** `undefined` for what is no answer to the question. */
export function readAnswer(text: string, { candidates }: RenameQuestion): RenameAnswer | undefined {
  const answer = text.trim().toLowerCase()
  if (answer === '' || answer === 'n' || answer === 'no' || answer === '0') return false
  const named = candidates.find(({ name }) => name.toLowerCase() === answer)
  if (named !== undefined) return named.name
  if (candidates.length === 1 && (answer === 'y' || answer === 'yes')) return true
  return candidates.length > 1 && /^\d+$/.test(answer)
    ? candidates[Number(answer) - 1]?.name
    : undefined
}
