import type { Config } from '../config/config.ts'
import type { FormatOptions, Script } from '../script/script.ts'
import { type ColorName, paint } from '../util/color.ts'

const MARK_COLORS: readonly (readonly [mark: string, color: ColorName])[] = [
  ['(head)', 'good'],
  ['(effective head)', 'good'],
  ['(current)', 'special'],
  ['(branchpoint)', 'faint'],
  ['(mergepoint)', 'faint'],
]

/** Prints a revision as `Script.cmdFormat()` has it, in colours where the terminal has them. */
export function printRevision(
  config: Config,
  script: Script,
  verbose: boolean,
  options: FormatOptions & { readonly prefix?: string } = {},
): void {
  const { prefix = '', ...format } = options
  const text = script.cmdFormat(verbose, format)
  config.printStdout(prefix + (config.cmdOpts?.color === true ? colored(text, script) : text))
}

/** Only what comes before the message is coloured: that may hold any words. */
function colored(text: string, { revision, doc }: Script): string {
  const isParagraph = text.startsWith('Rev: ')
  const message = `, ${doc}`
  const end = isParagraph
    ? text.indexOf('\n')
    : text.length - (text.endsWith(message) ? message.length : 0)
  let facts = text.slice(0, end)
  const at = Math.max(facts.lastIndexOf(` ${revision}`) + 1, 0)
  facts = facts.slice(0, at) + paint('id', revision) + facts.slice(at + revision.length)
  for (const [mark, color] of MARK_COLORS) facts = facts.replace(mark, paint(color, mark))
  return facts + text.slice(end)
}
