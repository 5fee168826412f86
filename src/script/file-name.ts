import { CommandError } from '../errors/command-error.ts'
import type { ZonedDate } from './create-date.ts'

/** What file names are made of. */
export interface FileNameParts {
  readonly revision: string
  readonly message: string | null
  readonly createDate: ZonedDate
  readonly maxSlugLength: number
}

const WORDS = /[\p{L}\p{N}_]+/gu
const TOKEN = /%(?:%|\((\w*)\)([-0 +#]*)(\d*)(?:\.(\d+))?([sdi])|[^]?)/g

/**
 * Returns a message as part of a file name: its words in lower case, joined by `_`, cut at a word's end where they are
 * longer than `maxLength` characters.
 */
export function slugOf(message: string | null, maxLength: number): string {
  const slug = (message?.match(WORDS) ?? []).join('_').toLowerCase()
  // Letters, digits and underscores, of which none is halved by counting code points.
  const letters = Array.from(slug)
  if (letters.length <= maxLength) return slug
  const cut = letters.slice(0, maxLength).join('')
  const lastWord = cut.lastIndexOf('_')
  return `${lastWord < 0 ? cut : cut.slice(0, lastWord)}_`
}

/**
 * Fills a file template such as `%(year)d/%(month).2d_%(rev)s_%(slug)s`; the tokens and formats are Alembic's.
 *
 * @throws CommandError for an unknown token.
 */
export function fillFileTemplate(template: string, parts: FileNameParts): string {
  const { createDate } = parts
  const tokens: Readonly<Record<string, string | number>> = {
    rev: parts.revision,
    slug: slugOf(parts.message, parts.maxSlugLength),
    epoch: createDate.epoch,
    year: createDate.year,
    month: createDate.month,
    day: createDate.day,
    hour: createDate.hour,
    minute: createDate.minute,
    second: createDate.second,
  }
  return template.replace(
    TOKEN,
    (
      found: string,
      name?: string,
      flags: string = '',
      width: string = '',
      precision?: string,
      kind: string = 's',
    ) => {
      if (found === '%%') return '%'
      const value = name !== undefined && Object.hasOwn(tokens, name) ? tokens[name] : undefined
      if (value === undefined || (kind !== 's' && typeof value !== 'number'))
        throw new CommandError(
          `file_template '${template}' has '${found}'; known are ` +
            Object.keys(tokens)
              .map((token) => `%(${token})s`)
              .join(', '),
        )
      return format(value, flags, Number(width), precision, kind)
    },
  )
}

/** As printf: `.2d` fills up with zeros, `.2s` cuts off. */
function format(
  value: string | number,
  flags: string,
  width: number,
  precision: string | undefined,
  kind: string,
): string {
  let text = String(value)
  if (precision !== undefined)
    text = kind === 's' ? text.slice(0, Number(precision)) : text.padStart(Number(precision), '0')
  if (flags.includes('-')) return text.padEnd(width)
  return text.padStart(width, flags.includes('0') && kind !== 's' ? '0' : ' ')
}
