import { IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { nameParts, type NameLike } from '../../../sql/elements/identifier.ts'

/** Writes names; a schema can carry its database: `database.owner`. */
export class MssqlIdentifierPreparer extends IdentifierPreparer {
  /** As with the reference, quoting can be forced for the whole, and not be forbidden for the parts. */
  override quoteSchema(schema: NameLike, force: boolean | null = null): string {
    const { text, quote } = nameParts(schema)
    if ((quote ?? force) === true) return this.quoteAlways(text)
    const { database, owner } = schemaElements(text)
    const ownerName = this.quote(owner)
    if (database === null) return ownerName
    return `${isQuotedPath(database) ? database : this.quote(unbracketed(database))}.${ownerName}`
  }
}

/** The parts of a dotted schema: dots part it, except between brackets. */
export function schemaElements(schema: string): {
  readonly database: string | null
  readonly owner: string
} {
  const elements: string[] = []
  let element = ''
  let inBrackets = false
  let hadBrackets = false
  const push = (): void => {
    elements.push(hadBrackets ? `[${element}]` : element)
    element = ''
    hadBrackets = false
  }
  for (const character of schema) {
    if (character === '[' || character === ']') {
      inBrackets = character === '['
      hadBrackets ||= inBrackets
    } else if (character === '.' && !inBrackets) push()
    else element += character
  }
  const owner = element === '' ? unbracketed(elements.pop() ?? '') : element
  return { database: elements.length === 0 ? null : elements.join('.'), owner }
}

/** `[a].[b]`: several names with quotes of their own. */
function isQuotedPath(database: string): boolean {
  return /\].*\[/.test(database.slice(1, -1))
}

function unbracketed(name: string): string {
  return name.replace(/^\[+/, '').replace(/\]+$/, '')
}
