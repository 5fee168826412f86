import { objectKey } from './literal.ts'
import type {
  ArraySource,
  BlockSource,
  CallSource,
  ChainSource,
  ObjectSource,
  Source,
  StatementSource,
} from './source.ts'
import { textWidth } from './text-width.ts'

/** Columns of a line, as this package's own files and most projects' have them. */
const LINE_WIDTH = 100
const INDENT = '  '

/** Where an expression begins and what must still fit behind it. */
interface Place {
  /** Levels of indentation of the line that the expression begins on. */
  readonly depth: number
  /** Columns of that line that are taken. */
  readonly column: number
  /** Columns that follow on the expression's last line: a comma, a parenthesis. */
  readonly after: number
}

/**
 * Lays an expression out as prettier and oxfmt do: on one line where it fits; else one argument, item or entry a line,
 * with a last argument that is an object or array kept behind the parenthesis where its beginning fits.
 *
 * `prefix` stands before it on the same line; `depth` is the indentation in levels of two spaces.
 */
export function layOut(source: Source, prefix: string, depth: number): string {
  const begin = INDENT.repeat(depth) + prefix
  return begin + lay(source, { depth, column: begin.length, after: 0 })
}

/** Lays out a body: statements, and lines that stay as they are. */
export function layLines(lines: readonly (StatementSource | string)[], depth: number): string {
  const indent = INDENT.repeat(depth)
  const laid = lines.map((line) => {
    if (typeof line !== 'string') return layOut(line.expression, line.prefix, depth)
    return line === '' ? '' : indent + line
  })
  return laid.join('\n')
}

function lay(source: Source, place: Place): string {
  const flat = flatten(source)
  if (typeof source === 'string') return source
  if (flat !== undefined && place.column + textWidth(flat) + place.after <= LINE_WIDTH) return flat
  switch (source.kind) {
    case 'call':
      return layCall(source, place)
    case 'chain':
      return layChain(source, place)
    case 'object':
    case 'array':
    case 'block':
      return layBroken(source, place.depth)
  }
}

/** The source on one line; `undefined` where it can't be. */
export function flatten(source: Source): string | undefined {
  if (typeof source === 'string') return source
  switch (source.kind) {
    case 'call':
      return join(source.args, `${source.callee}(`, ')')
    case 'array':
      return join(source.items, '[', ']')
    case 'object': {
      if (source.entries.length === 0) return '{}'
      const entries = source.entries.map(([key, value]) => {
        const flat = flatten(value)
        return flat === undefined ? undefined : `${objectKey(key)}: ${flat}`
      })
      return entries.includes(undefined) ? undefined : `{ ${entries.join(', ')} }`
    }
    case 'chain': {
      const calls = [source.first, ...source.calls].map((part) => flatten(part))
      return calls.includes(undefined) ? undefined : calls.join('.')
    }
    case 'block':
      return undefined
  }
}

function join(items: readonly Source[], open: string, close: string): string | undefined {
  const flat = items.map((item) => flatten(item))
  return flat.includes(undefined) ? undefined : `${open}${flat.join(', ')}${close}`
}

function layCall(source: CallSource, place: Place): string {
  const { callee, args } = source
  const last = args.at(-1)
  if (last === undefined) return `${callee}()`
  if (isHuggable(last, args.at(-2))) {
    const others = args.slice(0, -1).map((arg) => flatten(arg))
    const head = `${callee}(${others.map((arg) => `${arg}, `).join('')}`
    const opening = last.kind === 'block' ? `${last.head} {` : '{'
    if (place.column + textWidth(head) + textWidth(opening) <= LINE_WIDTH) {
      return `${head}${layBroken(last, place.depth)})`
    }
  }
  return `${callee}(\n${layItems(args, place.depth + 1)}${INDENT.repeat(place.depth)})`
}

/** Whether a last argument may begin on the line of the call, going by it and the argument before it. */
function isHuggable(
  last: Source,
  before: Source | undefined,
): last is ObjectSource | ArraySource | BlockSource {
  if (typeof last === 'string' || kindOf(before) === last.kind) return false
  if (last.kind === 'object') return last.entries.length > 0
  if (last.kind === 'array') return last.items.length > 0
  return last.kind === 'block'
}

function kindOf(source: Source | undefined): string {
  return typeof source === 'object' ? source.kind : 'code'
}

function layItems(items: readonly Source[], depth: number): string {
  const indent = INDENT.repeat(depth)
  return items
    .map((item) => `${indent}${lay(item, { depth, column: indent.length, after: 1 })},\n`)
    .join('')
}

/** An object, array or block over several lines, its first line without indentation. */
function layBroken(source: ObjectSource | ArraySource | BlockSource, depth: number): string {
  const indent = INDENT.repeat(depth)
  switch (source.kind) {
    case 'array':
      return `[\n${layItems(source.items, depth + 1)}${indent}]`
    case 'object': {
      const entries = source.entries.map(([key, value]) => layEntry(key, value, depth + 1))
      return `{\n${entries.join('')}${indent}}`
    }
    case 'block': {
      return `${source.head} {\n${layLines(source.statements, depth + 1)}\n${indent}}`
    }
  }
}

function layEntry(key: string, value: Source, depth: number): string {
  const indent = INDENT.repeat(depth)
  const name = `${indent}${objectKey(key)}:`
  const column = textWidth(name) + 1
  // A string that is too long for the line stands on the next one, unless the key is so short that little is gained.
  if (typeof value === 'string' && column + textWidth(value) + 1 > LINE_WIDTH) {
    const movable = /^['"]/.test(value) && objectKey(key).length >= INDENT.length + 3
    if (movable) return `${name}\n${indent}${INDENT}${value},\n`
  }
  return `${name} ${lay(value, { depth, column, after: 1 })},\n`
}

function layChain(source: ChainSource, place: Place): string {
  const { first, calls } = source
  const dot = first.callee.indexOf('.')
  const indent = INDENT.repeat(place.depth + 1)
  const links = [{ ...first, callee: first.callee.slice(dot + 1) }, ...calls].map((link) => {
    const code = lay(link, { depth: place.depth + 1, column: indent.length + 1, after: 0 })
    return `\n${indent}.${code}`
  })
  return first.callee.slice(0, dot) + links.join('')
}
