export type ColorMode = 'auto' | 'always' | 'never'

/** Foreground colours, by what they stand for. */
const CODES = {
  id: '33',
  good: '32',
  special: '36',
  bad: '31',
  faint: '2',
} as const

export type ColorName = keyof typeof CODES

/** Returns `text` in a colour. */
export function paint(color: ColorName, text: string): string {
  return `\u001B[${CODES[color]}m${text}\u001B[0m`
}

/**
 * Whether to write colours to a stream: as `--color` says, else `FORCE_COLOR` (`0` and `false` are no), else `NO_COLOR`,
 * else where the stream is a terminal that knows them.
 */
export function wantsColor(
  mode: ColorMode,
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (mode !== 'auto') return mode === 'always'
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (no !== undefined && no !== '') return false
  return stream.isTTY === true && terminal !== 'dumb'
}
