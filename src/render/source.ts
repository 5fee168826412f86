/**
 * TypeScript source before it is laid out: how it breaks into lines is `layout.ts`'s business.
 *
 * A string is code that never breaks.
 */
export type Source = string | CallSource | ObjectSource | ArraySource | BlockSource | ChainSource

/** `callee(a, b)`. */
export interface CallSource {
  readonly kind: 'call'
  readonly callee: string
  readonly args: readonly Source[]
}

/** `{ a: 1, b: 2 }`. */
export interface ObjectSource {
  readonly kind: 'object'
  readonly entries: readonly (readonly [key: string, value: Source])[]
}

/** `[a, b]`. */
export interface ArraySource {
  readonly kind: 'array'
  readonly items: readonly Source[]
}

/** `async (batchOp) => { … }`: a body of statements, and of lines that stay as they are. */
export interface BlockSource {
  readonly kind: 'block'
  readonly head: string
  readonly statements: readonly (StatementSource | string)[]
}

/** `await a.b(c)`, a statement of its own. */
export interface StatementSource {
  readonly prefix: string
  readonly expression: Source
}

/** `first.method(a).method(b)`: calls on the result of a call. */
export interface ChainSource {
  readonly kind: 'chain'
  readonly first: CallSource
  readonly calls: readonly CallSource[]
}

/** A call. */
export function call(callee: string, ...args: readonly Source[]): CallSource {
  return { kind: 'call', callee, args }
}

/** An array literal. */
export function array(items: readonly Source[]): ArraySource {
  return { kind: 'array', items }
}

/** An object literal; entries whose value is `undefined` are left out. */
export function object(entries: Readonly<Record<string, Source | undefined>>): ObjectSource {
  const given = Object.entries(entries).filter(
    (entry): entry is [string, Source] => entry[1] !== undefined,
  )
  return { kind: 'object', entries: given }
}

/** A call whose last argument, an object of options, is left out where it would be empty. */
export function callWithOptions(
  callee: string,
  args: readonly Source[],
  options: Readonly<Record<string, Source | undefined>>,
): CallSource {
  const given = object(options)
  return call(callee, ...args, ...(given.entries.length > 0 ? [given] : []))
}
