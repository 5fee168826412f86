import { CommandError } from '../errors/command-error.ts'

// Every encoding that has ASCII as a part of it; Node reads source as UTF-8, whatever it was written in.
const WITH_ASCII = /^(?:utf8|(?:us)?ascii|latin1|iso88591|iso885915|cp1252|windows1252)$/

/**
 * Returns text as bytes of an encoding, under any of its names.
 *
 * @throws CommandError for an encoding that Node would not read back.
 */
export function encodeSource(text: string, encoding: string): Buffer {
  const name = encoding.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (!WITH_ASCII.test(name))
    throw new CommandError(`output_encoding '${encoding}' can't be read back by Node; use utf-8`)
  const other = name === 'utf8' ? undefined : /[^\p{ASCII}]/u.exec(text)?.[0]
  if (other !== undefined)
    throw new CommandError(
      `The new file has '${other}', which Node would not read back from output_encoding '${encoding}'; use utf-8`,
    )
  return Buffer.from(text, 'utf8')
}
