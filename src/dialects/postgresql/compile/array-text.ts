/** Text that stands in an array as it is: nothing in it ends the element, and it is not taken for NULL. */
const PLAIN = /^[\w.+:-]+$/

/**
 * A list as PostgreSQL writes arrays, `{1,NULL,"a b",{2}}`, which the server reads as an array of whatever type the column
 * has. `elementText` gives the text of each element that is not a list.
 */
export function arrayText(
  items: readonly unknown[],
  elementText: (item: unknown) => string,
): string {
  const elements = items.map((item) => {
    if (Array.isArray(item)) return arrayText(item, elementText)
    if (item === null || item === undefined) return 'NULL'
    const text = elementText(item)
    if (PLAIN.test(text) && text.toUpperCase() !== 'NULL') return text
    return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}
