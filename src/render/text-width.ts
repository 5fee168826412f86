// East Asian wide and fullwidth forms, and emoji: two columns each in an editor, and to the formatters.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/gu
const COMBINING = /\p{Mn}|\p{Me}|[\u200B-\u200D]|[\uFE0F\uFEFF]/gu

/** Columns that a text without line breaks takes. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  const visible = text.replaceAll(COMBINING, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}
