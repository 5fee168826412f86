/** Where a text tells one of the words, with what stands around it. */
export function told(text: string, words: RegExp): string[] {
  const all = new RegExp(words.source, 'g')
  return [...text.matchAll(all)].map(({ index, 0: word }) =>
    text.slice(Math.max(0, index - 40), index + word.length + 40),
  )
}
