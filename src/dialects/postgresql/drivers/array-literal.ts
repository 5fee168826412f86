/**
 * Reads an array as PostgreSQL writes it, `{1,NULL,"a,b",{2}}`, giving the text of each element to `parse`.
 *
 * Bounds in front (`[0:1]={1,2}`) are skipped.
 */
export function parseArrayLiteral(literal: string, parse: (text: string) => unknown): unknown[] {
  const root: unknown[] = []
  const open: unknown[][] = []
  const token = /(?<brace>[{}])|,|"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^{},"]+)/gsy
  token.lastIndex = Math.max(0, literal.indexOf('{'))
  for (let match = token.exec(literal); match !== null; match = token.exec(literal)) {
    const { brace, quoted, plain } = match.groups ?? {}
    const innermost = open.at(-1)
    if (brace === '{') {
      const nested = innermost === undefined ? root : []
      innermost?.push(nested)
      open.push(nested)
    } else if (brace === '}') open.pop()
    else if (quoted !== undefined) innermost?.push(parse(quoted.replaceAll(/\\(.)/gs, '$1')))
    else if (plain !== undefined) innermost?.push(plain === 'NULL' ? null : parse(plain))
  }
  return root
}
