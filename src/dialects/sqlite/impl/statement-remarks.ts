import { foldName, isKeyword, isSameName, type Token } from '../inspect/tokens.ts'
import { readItems, type StatementItem } from './statement-items.ts'

interface Insertion {
  readonly at: number
  readonly text: string
}

/** Clauses of columns that may have a name, which SQLite keeps in the text and nowhere else. */
const NAMED_CLAUSES: readonly string[] = ['NOT', 'DEFAULT', 'COLLATE', 'GENERATED']

/**
 * Carries over into a new CREATE TABLE what the stored one says that no schema object stands for: comments, and names of
 * NOT NULL, DEFAULT and the like. What belongs to a column that is dropped goes with it.
 */
export function carryRemarks(
  stored: string,
  created: string,
  renames: ReadonlyMap<string, string>,
): string {
  const from = readItems(stored)
  const to = readItems(created)
  if (from === null || to === null) return created
  const insertions: Insertion[] = [
    { at: to.open, text: behind(from.head, created, to.open) },
    { at: created.length, text: behind(from.tail, created, created.length) },
  ]
  // Those within expressions are in the new statement already.
  const there = new Map<string, number>()
  const isNew = (comment: string): boolean => {
    const left = there.get(comment) ?? created.split(comment).length - 1
    there.set(comment, left - 1)
    return left <= 0
  }
  for (const item of from.items) {
    const target = findTarget(item, to.items, renames)
    if (target === undefined) continue
    const leading = item.leading.filter(isNew).map((comment) => `${comment}\n\t`)
    const trailing = item.trailing.filter(isNew)
    // Behind the comma only one line is sure to be read as this item's again.
    const at = trailing.length > 1 ? target.end : target.behindComma
    insertions.push({ at: target.start, text: leading.join('') }, ...clauseNames(item, target), {
      at,
      text: behind(trailing, created, at),
    })
  }
  return insertAll(created, insertions)
}

function insertAll(text: string, insertions: readonly Insertion[]): string {
  let result = ''
  let done = 0
  for (const { at, text: inserted } of insertions.toSorted((a, b) => a.at - b.at)) {
    result += text.slice(done, at) + inserted
    done = at
  }
  return result + text.slice(done)
}

/** Comments that follow something; the line of the last one ends before the statement goes on. */
function behind(comments: readonly string[], statement: string, at: number): string {
  const text = comments
    .map((comment, index) => {
      const isLast = index === comments.length - 1
      return !isLast && isLine(comment) ? `${comment}\n\t` : `${comment}${isLast ? '' : ' '}`
    })
    .join('')
  if (text === '') return ''
  const goesOn = at < statement.length && !/^[ \t]*\n/.test(statement.slice(at))
  return ` ${text}${goesOn && isLine(comments.at(-1)) ? '\n\t' : ''}`
}

function isLine(comment: string | undefined): boolean {
  return comment?.startsWith('--') === true
}

/** The new statement's part that stands for one of the old; undefined where its column is dropped. */
function findTarget(
  item: StatementItem,
  targets: readonly StatementItem[],
  renames: ReadonlyMap<string, string>,
): StatementItem | undefined {
  const { column } = item
  if (column !== null) {
    const renamed = [...renames].find(([old]) => isSameName(old, column))?.[1] ?? column
    return targets.find((target) => target.column !== null && isSameName(target.column, renamed))
  }
  const wanted = signature(item, renames)
  const constraints = targets.filter((target) => target.column === null)
  // What is said about a constraint that is written otherwise now goes to the end.
  return constraints.find((target) => signature(target, new Map()) === wanted) ?? targets.at(-1)
}

/** A constraint's words, however they are quoted and spaced. */
function signature({ tokens }: StatementItem, renames: ReadonlyMap<string, string>): string {
  const folded = new Map([...renames].map(([from, to]) => [foldName(from), foldName(to)]))
  return tokens
    .map(({ value }) => foldName(value))
    .map((word) => folded.get(word) ?? word)
    .join(' ')
}

function clauseNames(item: StatementItem, target: StatementItem): Insertion[] {
  return item.ownTokens.flatMap((token, at) => {
    const name = item.ownTokens[at + 1]
    const clause = clauseOf(item.ownTokens[at + 2])
    if (!isKeyword(token, 'CONSTRAINT') || name === undefined || clause === undefined) return []
    const place = target.ownTokens.find((candidate) => clauseOf(candidate) === clause)
    return place === undefined ? [] : [{ at: place.start, text: `CONSTRAINT ${name.text} ` }]
  })
}

function clauseOf(token: Token | undefined): string | undefined {
  if (isKeyword(token, 'AS')) return 'GENERATED'
  return NAMED_CLAUSES.find((clause) => isKeyword(token, clause))
}
