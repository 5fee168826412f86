// Every TypeScript example in the documentation compiles, each as a module of a project of its own. Fences that show a part
// of a file are marked `ts ignore`.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (path) => `docs/${path}`,
  ),
  ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`),
].filter((path) => path.endsWith('.md') && existsSync(join(root, path)))

it('examples compile', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-ts-docs-')))
  try {
    for (const name of ['alembic-ts', '@types/node', 'kysely', 'undici-types']) {
      const link = join(folder, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(name === 'alembic-ts' ? root : join(root, 'node_modules', name), link)
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const tsconfig = readFileSync(join(root, 'examples/dogs/tsconfig.json'), 'utf8')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      tsconfig.replace(/"include": .*/, '"include": ["."]'),
    )
    const examples = pages.flatMap(readExamples)
    for (const { name, code } of examples) writeFileSync(join(folder, name), code)
    expect(examples.length).toBeGreaterThan(10)
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync('node', [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' })
    expect(stdout).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

it('links lead to files', () => {
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .map(([, target]) => normalize(join(dirname(page), target!)))
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page} → ${path}`)
  })
  expect(broken).toEqual([])
})

/** Named after the page and the line, so that a message of the compiler leads there. */
function readExamples(page: string): { name: string; code: string }[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(({ 1: code, index }) => {
    const line = text.slice(0, index).split('\n').length
    return { name: `${page.replaceAll('/', '-')}-line-${line}.ts`, code: `${code}\nexport {}\n` }
  })
}
