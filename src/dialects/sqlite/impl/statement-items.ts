import { behindParenthesis, isKeyword, tokenize, type Token } from '../inspect/tokens.ts'

/** A column or a constraint as it stands in a CREATE TABLE, with the comments about it. */
export interface StatementItem {
  /** The column's name; `null` for constraints. */
  readonly column: string | null
  readonly text: string
  readonly tokens: readonly Token[]
  /** Those that stand in no parentheses. */
  readonly ownTokens: readonly Token[]
  readonly start: number
  readonly end: number
  /** The place behind the comma that follows, or `end`. */
  readonly behindComma: number
  readonly leading: string[]
  readonly trailing: string[]
}

/** The parts of a CREATE TABLE. */
export interface StatementItems {
  /** The place behind the parenthesis that opens the list. */
  readonly open: number
  readonly items: readonly StatementItem[]
  /** Comments before the list, or on the line where it begins. */
  readonly head: readonly string[]
  /** Comments behind the list. */
  readonly tail: readonly string[]
}

const COMMENT = /--[^\n]*|\/\*[^]*?(?:\*\/|$)/g
const CONSTRAINT_WORDS = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']

/** Cuts a CREATE TABLE into its columns and constraints; `null` where it has no list of them. */
export function readItems(sql: string): StatementItems | null {
  const tokens = tokenize(sql)
  const at = tokens.findIndex(({ text }) => text === '(')
  const open = tokens[at]
  if (open === undefined) return null
  const closeAt = behindParenthesis(tokens, at) - 1
  const close = tokens[closeAt]
  const items = cutItems(sql, tokens.slice(at + 1, closeAt))
  const comments = commentsOf(sql, tokens)
  const head: string[] = []
  const tail: string[] = []
  for (const comment of comments) {
    if (comment.at < open.start) head.push(comment.text)
    else if (close !== undefined && comment.at > close.start) tail.push(comment.text)
    else (listOf(sql, open.end, items, comment) ?? head).push(comment.text)
  }
  return { open: open.end, items, head, tail }
}

function cutItems(sql: string, tokens: readonly Token[]): StatementItem[] {
  const items: StatementItem[] = []
  let own: Token[] = []
  let all: Token[] = []
  let depth = 0
  const finish = (behindComma: number | undefined): void => {
    const [first] = all
    const last = all.at(-1)
    if (first !== undefined && last !== undefined) {
      const isConstraint = CONSTRAINT_WORDS.some((word) => isKeyword(first, word))
      items.push({
        column: isConstraint ? null : first.value,
        text: sql.slice(first.start, last.end),
        tokens: all,
        ownTokens: own,
        start: first.start,
        end: last.end,
        behindComma: behindComma ?? last.end,
        leading: [],
        trailing: [],
      })
    }
    own = []
    all = []
  }
  for (const token of tokens) {
    if (token.text === ')') depth--
    if (token.text === ',' && depth === 0) {
      finish(token.end)
      continue
    }
    if (depth === 0) own.push(token)
    all.push(token)
    if (token.text === '(') depth++
  }
  finish(undefined)
  return items
}

interface Comment {
  readonly text: string
  readonly at: number
  /** Nothing else follows on its line. */
  readonly endsLine: boolean
}

function commentsOf(sql: string, tokens: readonly Token[]): Comment[] {
  const comments: Comment[] = []
  let from = 0
  for (const { start, end } of [...tokens, { start: sql.length, end: sql.length }]) {
    for (const match of sql.slice(from, start).matchAll(COMMENT)) {
      const at = from + match.index
      const rest = sql.slice(at + match[0].length, start)
      const endsLine = match[0].startsWith('--') || rest.includes('\n')
      comments.push({ text: match[0].trimEnd(), at, endsLine })
    }
    from = end
  }
  return comments
}

/** The comments of the item that one is about; undefined where it is about the table. */
function listOf(
  sql: string,
  open: number,
  items: readonly StatementItem[],
  { at, endsLine }: Comment,
): string[] | undefined {
  const previous = items.findLast(({ start }) => start < at)
  const next = items.find(({ start }) => start > at)
  const from = previous?.behindComma ?? open
  const isOnSameLine = endsLine && !sql.slice(from, at).includes('\n')
  if (previous === undefined) return isOnSameLine ? undefined : next?.leading
  const isBehind = at < previous.behindComma || isOnSameLine || next === undefined
  return isBehind ? previous.trailing : next.leading
}
