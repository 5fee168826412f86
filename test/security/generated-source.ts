// What a generated file is made of, by the parser: data, and calls of the operations that the tool knows.
import { parseAst } from 'rolldown/parseAst'

/** Called by every hostile text below, where it should become code. */
export const CALLED = 'PWNED'

/** Texts that end a literal, a comment, a statement or a template somewhere. */
export const HOSTILE: readonly string[] = [
  `'+${CALLED}()+'`,
  `"+${CALLED}()+"`,
  `\`+${CALLED}()+\``,
  `\${${CALLED}()}`,
  `*/${CALLED}()/*`,
  `*\\/${CALLED}()`,
  `</script><script>${CALLED}()</script>`,
  `\u2028${CALLED}()\u2029`,
  `\n${CALLED}()\r\n${CALLED}()\r${CALLED}()`,
  `\\'+${CALLED}()//`,
  `\\`,
  `'); ${CALLED}(); ('`,
  `// ${CALLED}()`,
  `<%= ${CALLED}() %>`,
  `<% ${CALLED}() %>`,
  `%>${CALLED}()<%`,
  `$& $' $\` ${CALLED}()`,
  `\u202E${CALLED}()`,
  `\n-- revision: ${CALLED}`,
]

interface Found {
  /** The values of string literals. */
  readonly strings: ReadonlySet<string>
  readonly identifiers: ReadonlySet<string>
  /** What stands before the parentheses of calls, as far as it is names. */
  readonly calls: ReadonlySet<string>
}

type Node = Readonly<Record<string, unknown>>

/** Parses TypeScript; throws where it does not parse. */
export function readSource(text: string): Found {
  const found = {
    strings: new Set<string>(),
    identifiers: new Set<string>(),
    calls: new Set<string>(),
  }
  visit(parseAst(text, { lang: 'ts' }), found)
  return found
}

function visit(
  node: unknown,
  found: { strings: Set<string>; identifiers: Set<string>; calls: Set<string> },
): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const { type, name, value, callee, cooked } = node as Node
  if (type === 'Identifier' && typeof name === 'string') found.identifiers.add(name)
  if (type === 'Literal' && typeof value === 'string') found.strings.add(value)
  if (type === 'TemplateElement') {
    const text = (value as { readonly cooked?: unknown } | undefined)?.cooked ?? cooked
    if (typeof text === 'string') found.strings.add(text)
  }
  if (type === 'CallExpression') found.calls.add(nameOf(callee))
  for (const child of Object.values(node)) visit(child, found)
}

/** `op.createTable`; of a call on the result of another, the method. */
function nameOf(callee: unknown): string {
  const { type, name, object, property } = callee as Node
  if (type === 'Identifier') return String(name)
  if (type !== 'MemberExpression') return String(type)
  const { type: kind } = object as Node
  return `${kind === 'Identifier' ? `${nameOf(object)}.` : '.'}${nameOf(property)}`
}
