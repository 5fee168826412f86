import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { default: string } | string>
}

// A new or vanished export is a decision: `npx vitest run test/public-api.test.ts -u` writes it down.
it('the entry points export what test/public-api.json lists', async () => {
  const keys: Record<string, string[]> = {}
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue
    const source = target.default.replace(/^\.\/dist\/(.*)\.js$/, './src/$1.ts')
    const module = existsSync(source) ? ((await import(`../${source}`)) as object) : {}
    keys[entry] = Object.keys(module).toSorted()
  }
  await expect(`${JSON.stringify(keys, null, 2)}\n`).toMatchFileSnapshot('public-api.json')
})
