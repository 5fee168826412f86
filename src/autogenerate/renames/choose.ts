import { CommandError } from '../../errors/command-error.ts'
import { closest } from '../../util/closest.ts'
import { assignBest } from './assignment.ts'
import type { OnRename, Rename, RenameAnswer, RenameCandidate, RenameQuestion } from './rename.ts'
import { LIKELY } from './similarity.ts'

/** What only the database has, and what only the models have, of one kind and in one place. */
export interface Surplus {
  /** The place: everything of a rename but the names. */
  readonly place: Omit<Rename, 'from' | 'to'>
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** How alike two of them are, from 0 to 1. */
  readonly score: (from: string, to: string) => number
}

/** So much at once is another database, not one with renames. */
const MOST_PAIRS = 10_000

/** What comes of a choice. */
export interface Choice {
  readonly renamed: readonly Rename[]
  /** Nobody said anything about these. */
  readonly open: readonly RenameQuestion[]
}

/** Asks about each likely rename, the most likely first, until there is none. */
export async function chooseLikely(surplus: Surplus, askers: readonly OnRename[]): Promise<Choice> {
  if (surplus.from.length * surplus.to.length > MOST_PAIRS) return { renamed: [], open: [] }
  const scores = new Map(
    surplus.from.map((from) => [
      from,
      new Map(surplus.to.map((to) => [to, surplus.score(from, to)] as const)),
    ]),
  )
  const score = (from: string, to: string): number => scores.get(from)?.get(to) ?? 0
  const [renamed, open]: [Rename[], RenameQuestion[]] = [[], []]
  let [from, to] = [surplus.from, surplus.to]
  let questions = likelyPairs({ ...surplus, from, to, score })
  for (;;) {
    const [question, ...others] = questions
    if (question === undefined) return { renamed, open }
    from = from.filter((name) => name !== question.from)
    const answer = await ask(question, askers)
    const taken = typeof answer === 'string' ? answer : question.to
    if (!to.includes(taken)) throw unknownAnswer(question, taken, to)
    if (answer !== false) to = to.filter((name) => name !== taken)
    if (answer === null || answer === undefined) open.push(question)
    else if (answer !== false) renamed.push(renameOf(question, taken))
    // Other pairs are the best now only where the answer was another one than expected.
    const isExpected = answer !== false && taken === question.to
    questions = isExpected ? without(taken, others) : likelyPairs({ ...surplus, from, to, score })
  }
}

function without(taken: string, questions: readonly RenameQuestion[]): RenameQuestion[] {
  return questions.map((question) => ({
    ...question,
    candidates: question.candidates.filter(({ name }) => name !== taken),
  }))
}

function renameOf({ kind, schema, table, from }: RenameQuestion, to: string): Rename {
  return { kind, schema, table: kind === 'table' ? to : table, from, to }
}

async function ask(question: RenameQuestion, askers: readonly OnRename[]): Promise<RenameAnswer> {
  for (const asker of askers) {
    const answer = await asker(question)
    if (answer !== null && answer !== undefined) return answer
  }
  return null
}

/** The best pairs of those that are left, each with all that it may be, the most likely first. */
function likelyPairs({ place, from, to, score }: Surplus): RenameQuestion[] {
  const candidatesOf = (name: string): RenameCandidate[] =>
    to
      .map((candidate) => ({ name: candidate, score: score(name, candidate) }))
      .filter((candidate) => candidate.score >= LIKELY)
      .toSorted((a, b) => b.score - a.score)
  const rows = from.filter((name) => to.some((candidate) => score(name, candidate) >= LIKELY))
  const matrix = rows.map((name) => to.map((candidate) => score(name, candidate)))
  const pairs = assignBest(matrix, LIKELY).flatMap((column, row): RenameQuestion[] => {
    const [old, now] = [rows[row], to[column]]
    if (old === undefined || now === undefined) return []
    const names = { from: old, to: now, ...(place.kind === 'table' && { table: now }) }
    return [{ ...place, ...names, score: score(old, now), candidates: candidatesOf(old) }]
  })
  return pairs.toSorted((a, b) => b.score - a.score)
}

function unknownAnswer(
  { kind, from }: RenameQuestion,
  answer: string,
  to: readonly string[],
): CommandError {
  const [best] = closest(answer, to)
  const meant = best === undefined ? `it may be ${to.join(', ')}` : `did you mean '${best}'?`
  return new CommandError(`${kind} '${from}' can't be renamed to '${answer}'; ${meant}`)
}
