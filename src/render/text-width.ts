// East Asian wide and fullwidth forms, and emoji: two columns each in an editor, and to the formatters.
// Unicode 16, EastAsianWidth.txt: W and F.
const WIDE =
  /[\u1100-\u115F\u2329\u232A\u2630-\u2637\u268A-\u268F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{16FE0}-\u{16FE3}\u{16FF2}-\u{16FF6}\u{17000}-\u{18CD5}\u{18CFF}-\u{18D1E}\u{18D80}-\u{18DF2}\u{1AFF0}-\u{1AFF3}\u{1AFF5}-\u{1AFFB}\u{1AFFD}\u{1AFFE}\u{1B000}-\u{1B122}\u{1B132}\u{1B150}-\u{1B152}\u{1B155}\u{1B164}-\u{1B167}\u{1B170}-\u{1B2FB}\u{1D300}-\u{1D356}\u{1D360}-\u{1D376}\u{1F200}-\u{1F202}\u{1F210}-\u{1F23B}\u{1F240}-\u{1F248}\u{1F250}\u{1F251}\u{1F260}-\u{1F265}\u{20000}-\u{2FFFD}\u{30000}-\u{3FFFD}]|\p{Emoji_Presentation}/gu
const COMBINING = /\p{Mn}|\p{Me}|[\u200B-\u200D]|[\uFE0F\uFEFF]/gu

/** Columns that a text without line breaks takes. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  const visible = text.replaceAll(COMBINING, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}
