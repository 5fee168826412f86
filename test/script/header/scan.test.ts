import { describe, expect, it } from 'vitest'
import { scanHeader } from '../../../src/script/header/scan.ts'

const NAMES = ['revision', 'downRevision', 'branchLabels', 'dependsOn']

function scan(source: string): Record<string, unknown> {
  const { exports, opaque, doc } = scanHeader(source, NAMES)
  const found: Record<string, unknown> = {}
  for (const [name, declared] of exports)
    found[name] = declared === 'computed' ? 'COMPUTED' : declared.literal
  return { ...found, ...(opaque && { opaque }), ...(doc !== '' && { doc }) }
}

describe('literals of an ES module', () => {
  it.each([
    [`export const revision = 'abc'`, { revision: 'abc' }],
    [
      `export let revision = "abc"; export var downRevision = \`a\``,
      { revision: 'abc', downRevision: 'a' },
    ],
    [`export const revision: string = 'abc'`, { revision: 'abc' }],
    [
      `export const downRevision: string | readonly string[] | null = null\nexport const revision = 'b'`,
      { downRevision: null, revision: 'b' },
    ],
    [`export const downRevision: Array<{ a: '=' }> = []`, { downRevision: [] }],
    [`export const f: (a: string) => string = g, revision = 'x'`, { revision: 'x' }],
    [`export const downRevision = [\n  'a', // one\n  'b',\n]`, { downRevision: ['a', 'b'] }],
    [
      `export const branchLabels = ['x'] as const\nexport const revision = 'a'`,
      { branchLabels: ['x'], revision: 'a' },
    ],
    [`export const branchLabels = ['x'] satisfies readonly string[]`, { branchLabels: ['x'] }],
    [`export const dependsOn = 'a' as string | null as unknown;`, { dependsOn: 'a' }],
    [`export const dependsOn = undefined`, { dependsOn: null }],
    [`const revision = 'abc'\nexport { revision }`, { revision: 'abc' }],
    [
      `export { rev as revision, down as downRevision }\nconst rev = 'a', down = null`,
      { revision: 'a', downRevision: null },
    ],
    [`export const revision = 'it\\'s \\u0061\\x62 \\u{1F600}'`, { revision: "it's ab 😀" }],
    [`\uFEFF#!/usr/bin/env node\nexport const revision = 'abc'`, { revision: 'abc' }],
    [
      `export const revision = 'a', downRevision = 'b', branchLabels = null, dependsOn = null; (((`,
      {
        revision: 'a',
        downRevision: 'b',
        branchLabels: null,
        dependsOn: null,
      },
    ],
  ])('%s', (source, expected) => {
    expect(scan(source)).toEqual(expected)
  })
})

describe('literals of CommonJS', () => {
  it.each([
    [
      `exports.revision = 'abc'\nexports.downRevision = null`,
      { revision: 'abc', downRevision: null },
    ],
    [`module.exports.revision = 'abc'`, { revision: 'abc' }],
    [
      `module.exports = { revision: 'a', 'downRevision': ['b', 'c'], async upgrade() { f({ revision: 'no' }) }, branchLabels: null }`,
      { revision: 'a', downRevision: ['b', 'c'], branchLabels: null },
    ],
    [`const revision = 'a'\nmodule.exports = { revision, upgrade }`, { revision: 'a' }],
    [
      `"use strict";\nexports.downRevision = exports.revision = void 0;\nexports.revision = "a";\nexports.downRevision = "b";`,
      { revision: 'a', downRevision: 'b' },
    ],
  ])('%s', (source, expected) => {
    expect(scan(source)).toEqual(expected)
  })
})

describe('what is no literal', () => {
  it.each([
    [`export const revision = 'a' + b`, { revision: 'COMPUTED' }],
    [`export const revision = 'a'\n  + b`, { revision: 'COMPUTED' }],
    [`export const revision = 'a'.trim()`, { revision: 'COMPUTED' }],
    ['export const revision = `a${b}`', { revision: 'COMPUTED' }],
    [`export const revision = make('a')`, { revision: 'COMPUTED' }],
    [
      `export const downRevision = ['a', ...more]\nexport const revision = 'x'`,
      { downRevision: 'COMPUTED', revision: 'x' },
    ],
    [`export const revision = <const>'a'`, { revision: 'COMPUTED' }],
    [`export { revision } from './other'`, { opaque: true }],
    [`export * from './other'`, { opaque: true }],
    [`module.exports = require('./other')`, { opaque: true }],
    [`exports['revision'] = 'a'`, { opaque: true }],
    [`module.exports = { ...other, revision: 'a' }`, { opaque: true, revision: 'a' }],
    [`export const { revision } = header`, { opaque: true }],
  ])('%s', (source, expected) => {
    expect(scan(source)).toEqual(expected)
  })
})

describe('what only looks like an export', () => {
  it.each([
    `// export const revision = 'no'`,
    `/* export const revision = 'no' */`,
    `const text = "export const revision = 'no'"`,
    "const text = `\nexport const revision = 'no'\n${f(`}`)} exports.revision = 'no'`",
    `function f() { exports.revision = 'no' }`,
    `const pattern = /['"\`{]/\nother.exports.revision = 'no'`,
    `const a = b / c; const d = e / f`,
    `{ const revision = 'no' }`,
    `const revision = 'not exported'`,
    `declare module 'x' { export const revision = 'no' }`,
  ])('%s', (source) => {
    expect(scan(`${source}\nexport const downRevision = 'yes'`)).toEqual({ downRevision: 'yes' })
  })
})

describe('the doc comment', () => {
  it('is the first one before any code', () => {
    const source = [
      '// generated',
      '/* eslint-disable */',
      '/**',
      ' * Add a table',
      ' *',
      ' * Revision ID: b2',
      ' * Revises:',
      ' * Create Date: 2026-11-20 06:44:42.576109',
      ' */',
      `export const revision = 'b2'`,
      '/** Upgrade. */',
    ].join('\n')
    expect(scan(source)).toEqual({
      revision: 'b2',
      doc: 'Add a table\n\nRevision ID: b2\nRevises: \nCreate Date: 2026-11-20 06:44:42.576109',
    })
  })

  it('is none behind code', () => {
    expect(scan(`import 'x'\n/** no */\nexport const revision = 'a'`)).toEqual({ revision: 'a' })
  })

  it('gives the end of a comment back as it was', () => {
    expect(scan('/** drop *\\/ all */')).toEqual({ doc: 'drop */ all' })
  })

  it('may stand behind the directive of CommonJS', () => {
    expect(scan(`"use strict";\n/** text */\nexports.revision = 'a'`)).toEqual({
      revision: 'a',
      doc: 'text',
    })
  })
})
