/** Returns the text of the doc comment before the first line of code, without its asterisks; '' where there is none. */
export function docComment(source: string): string {
  const found = firstDocComment(source)
  if (found === null) return ''
  const text = found.includes('\r') ? found.replaceAll(/\r\n?/g, '\n') : found
  return (
    text
      .replaceAll(/(^|\n)[^\S\n]*\* ?/g, '$1')
      .trim()
      // Written so by the template, because it would end the comment.
      .replaceAll('*\\/', '*/')
      // Formatters take the blank away that stands here where a revision has no parent.
      .replace(/^Revises:$/m, 'Revises: ')
  )
}

/** Returns text as it may stand in a comment. */
export function escapeComment(text: string): string {
  return text.replaceAll('*/', '*\\/')
}

// What may stand before: white space, a first line for the shell, comments by line, the directive of CommonJS.
const BLANK = /\s+|#![^\n]*|\/\/[^\n]*|'use strict';?|"use strict";?/y

function firstDocComment(source: string): string | null {
  for (let at = 0; at < source.length;) {
    if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2)
      if (end < 0) return null
      if (source[at + 2] === '*' && end > at + 2) return source.slice(at + 3, end)
      at = end + 2
    } else {
      BLANK.lastIndex = at
      const length = BLANK.exec(source)?.[0].length ?? 0
      if (length === 0) return null
      at += length
    }
  }
  return null
}
