const FORM = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?$/
const WHOLE_SECONDS = '0000-00-00 00:00:00'.length

/**
 * A moment as `sa.DateTime()` keeps it, for text that has this form already, but for the fraction perhaps; `null` for other
 * text. By the form alone: columns of many rows are made of such text.
 */
export function usualMoment(text: string): string | null {
  if (!FORM.test(text)) return null
  return text.length === WHOLE_SECONDS ? `${text}.000000` : text
}
