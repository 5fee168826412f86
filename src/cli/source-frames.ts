import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('..', import.meta.url).href

/** A stack with this package's bundled files replaced by the places in `src/` that the code comes from. */
export function atSources(stack: string): string {
  return stack.replaceAll(/(file:\/\/\S+?\.js):(\d+):(\d+)/g, (frame, url: string, line, column) =>
    url.startsWith(ROOT) ? (source(url, Number(line), Number(column)) ?? frame) : frame,
  )
}

function source(url: string, line: number, column: number): string | undefined {
  const map = fileURLToPath(`${url}.map`)
  if (!existsSync(map)) return undefined
  const payload = JSON.parse(readFileSync(map, 'utf8')) as SourceMapPayload
  const entry = new SourceMap(payload).findEntry(line - 1, column - 1)
  if (!('originalSource' in entry)) return undefined
  const { href } = new URL(entry.originalSource, url)
  return `${href}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}
