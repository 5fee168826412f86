import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CreatedRevision } from './transcript.ts'

/** What the new revision files among `paths` declare, read from their text and not by the code under test. */
export function readCreated(folder: string, paths: readonly string[]): CreatedRevision[] {
  return paths
    .map((path) => ({
      path,
      text: path.endsWith('.ts') ? readFileSync(join(folder, path), 'utf8') : '',
    }))
    .filter(({ text }) => /^export const revision\b/m.test(text))
    .map(({ path, text }) => ({
      id: String(declared(text, 'revision')),
      down: declared(text, 'downRevision') as CreatedRevision['down'],
      deps: declared(text, 'dependsOn') as CreatedRevision['deps'],
      labels: [declared(text, 'branchLabels') ?? []].flat() as string[],
      doc: docOf(text),
      path,
    }))
}

function declared(text: string, name: string): unknown {
  const source = new RegExp(`^export const ${name}\\b[^=]*= ([^]*?)$(?![^[]*\\])`, 'm').exec(
    text,
  )?.[1]
  if (source === undefined) throw new TypeError(`the file declares no ${name}`)
  return JSON.parse(
    source
      .replace(/ as const$/, '')
      .replaceAll("'", '"')
      .replace(/,\s*\]/, ']'),
  )
}

function docOf(text: string): string {
  const comment = /^\/\*\*?\n([^]*?)\n \*\//.exec(text)?.[1] ?? ''
  return comment
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join('\n')
    .trim()
}
