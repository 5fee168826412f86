import { CompileError } from '../../errors/compile-error.ts'

/**
 * Refuses text that would not come back from a database as it went in.
 *
 * @throws CompileError for a NUL character, which ends the text for the server, and for half of a surrogate pair
 */
export function assertStorable(text: string, what: 'Identifier' | 'String'): void {
  assertWellFormed(text, what)
  if (!text.includes('\0')) return
  throw new CompileError(
    what === 'Identifier'
      ? `Identifier ${JSON.stringify(text)} holds a NUL character, which no database stores in a name`
      : `String ${JSON.stringify(text)} holds a NUL character and has no literal; bind it as a parameter`,
  )
}

/** Refuses half of a surrogate pair alone: in UTF-8 another character would take its place. Throws CompileError. */
export function assertWellFormed(text: string, what: 'Identifier' | 'String'): void {
  if (isWellFormed(text)) return
  throw new CompileError(
    `${what} ${JSON.stringify(text)} holds half of a surrogate pair, which is no character`,
  )
}

/** Whether a text has no half of a surrogate pair alone. */
export function isWellFormed(text: string): boolean {
  // ES2024, which Node 20 has.
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}
