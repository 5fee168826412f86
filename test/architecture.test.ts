// The house rules that no linter has. Each test collects its offenders; the list must be empty.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** A folder may import only folders above it and itself; the inner order of `sql/` is spelled out. */
const order = [
  ...['util', 'errors', 'config'],
  ...['sql/types', 'sql/elements', 'sql/schema', 'sql/ddl', 'sql/compile', 'sql'],
  ...['engine', 'impl', 'render', 'operations', 'script', 'runtime', 'autogenerate', 'dialects'],
  ...['command', 'cli', 'testing', 'sa.ts', 'index.ts'],
]

/** The only dialect folders that may import another one. */
const dialectImports = ['mariadb → mysql']

/** What a dialect folder may hold; each part is a file, or a folder of the same name once it passes 500 lines. */
const dialectParts = 'index types compile inspect impl render operations drivers'.split(' ')

const databaseNames =
  /\b(postgresql|mysql|mariadb|sqlite|mssql|oracle|firebird|db2|informix|sybase)\b/i

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = new Map(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .map((path) => [path, readFileSync(join(root, 'src', path), 'utf8')]),
)
const code = new Map([...sources].map(([path, text]) => [path, withoutComments(text)]))
const imports = new Map([...code].map(([path, text]) => [path, importedFiles(path, text)]))

it('imports point up the list of folders', () => {
  expect(
    offenders((path) => imports.get(path)!.filter((target) => rank(target) > rank(path))),
  ).toEqual([])
})

it('every file is in a folder of the list', () => {
  expect([...sources.keys()].filter((path) => rank(path) < 0)).toEqual([])
})

it('files do not import each other in a circle', () => {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  expect(cycles).toEqual([])
})

it('a dialect imports no other one', () => {
  expect(
    offenders((path) =>
      imports.get(path)!.filter((target) => {
        const [from, to] = [dialectOf(path), dialectOf(target)]
        return from && to && from !== to && !dialectImports.includes(`${from} → ${to}`)
      }),
    ),
  ).toEqual([])
})

it('dialect folders hold the agreed parts', () => {
  const parts = [...sources.keys()].filter(dialectOf)
  expect(parts.filter((path) => !dialectParts.includes(path.split(/[/.]/)[2]!))).toEqual([])
})

it('a database is named in its dialect only', () => {
  expect(
    offenders((path, text) =>
      /^(dialects|testing)\/|^(sa|index)\.ts$/.test(path) ? [] : linesWith(text, databaseNames),
    ),
  ).toEqual([])
})

it('errors are of a class with a code', () => {
  expect(
    offenders((_, text) => linesWith(text, /\bthrow new (Error|TypeError|RangeError)\(/)),
  ).toEqual([])
})

it('files have 500 lines at most', () => {
  const lines = (path: string): number => sources.get(path)!.trimEnd().split('\n').length
  expect([...sources.keys()].filter((path) => lines(path) > 500)).toEqual([])
})

it('operations/directives.ts lists every operation', () => {
  const listed = imports.get('operations/directives.ts') ?? []
  const operations = [...code].filter(
    ([path, text]) =>
      path.startsWith('operations/') &&
      /^export function \w+\(/m.test(text) &&
      / class \w+Op\b/.test(text),
  )
  expect(operations.map(([path]) => path).filter((path) => !listed.includes(path))).toEqual([])
})

it('docs/errors.md has each error and its code', () => {
  const documented = readFileSync(join(root, 'docs/errors.md'), 'utf8')
    .split('\n')
    .flatMap((line) => /^\| `([A-Z_]+)` *\| `(\w+)` *\|/.exec(line)?.slice(1).join(' ') ?? [])
  const errorClass = /class (\w+) extends \w+Error\b[^]*?\bcode\b.*? = '([A-Z_]+)'/g
  const declared = [...code.values()].flatMap((text) =>
    [...text.matchAll(errorClass)].map(([, name, value]) => `${value} ${name}`),
  )
  expect(documented.toSorted()).toEqual(declared.toSorted())
})

/** The place of a file in the order: that of the longest entry which its path begins with; -1 where none does. */
function rank(path: string): number {
  const entries = order.filter((entry) => path === entry || path.startsWith(`${entry}/`))
  return order.indexOf(entries.toSorted((a, b) => b.length - a.length)[0] ?? '')
}

/** `postgresql` for `dialects/postgresql/…`; nothing for the files beside the dialects' folders. */
function dialectOf(path: string): string | undefined {
  return /^dialects\/([^/]+)\//.exec(path)?.[1]
}

function importedFiles(path: string, text: string): string[] {
  const specifiers = text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)
  return [...specifiers].map(([, specifier]) => normalize(join(dirname(path), specifier!)))
}

/** Comments blanked out, line breaks kept; strings are matched so that a `//` in them stays. */
function withoutComments(text: string): string {
  const token = /\/\*[^]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  return text.replace(token, (match) =>
    /^\/[/*]/.test(match) ? match.replace(/[^\n]/g, '') : match,
  )
}

function linesWith(text: string, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, i) => (pattern.test(line) ? `${i + 1}: ${line.trim()}` : []))
}

function offenders(find: (path: string, text: string) => readonly string[]): string[] {
  return [...code].flatMap(([path, text]) => find(path, text).map((what) => `${path} ${what}`))
}
