import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { layOut } from '../../src/render/layout.ts'
import { stringLiteral } from '../../src/render/literal.ts'
import { array, call, callWithOptions, object, type Source } from '../../src/render/source.ts'

const oxfmt = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url))
const config = fileURLToPath(new URL('../../.oxfmtrc.json', import.meta.url))

/** What the formatter makes of a text. */
function formatted(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'))
  const path = join(folder, 'generated.ts')
  try {
    writeFileSync(path, text)
    execFileSync(oxfmt, ['-c', config, path])
    return readFileSync(path, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A small linear congruential generator: the same expressions at every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

function randomString(random: (below: number) => number): Source {
  const words = [
    'a',
    'owner_id',
    "it's",
    'lower(name)',
    'a longer text of some words',
    '"q"',
    'é',
    '漢字',
  ]
  const count = 1 + random(random(6) === 0 ? 12 : 2)
  return stringLiteral(Array.from({ length: count }, () => words[random(words.length)]).join(' '))
}

function randomType(random: (below: number) => number): Source {
  const plain = () => call('sa.String', String(random(300)))
  const enumeration = () =>
    callWithOptions(
      'sa.Enum',
      Array.from({ length: 1 + random(6) }, () => randomString(random)),
      {
        name: random(2) === 0 ? randomString(random) : undefined,
      },
    )
  const variant = (): Source => ({
    kind: 'chain',
    first: call('sa.Text'),
    calls: Array.from({ length: 1 + random(3) }, () =>
      call('withVariant', call('sa.mysql.LONGTEXT'), "'mysql'", "'mariadb'"),
    ),
  })
  return [plain, enumeration, variant, plain][random(4)]!()
}

function randomColumn(random: (below: number) => number): Source {
  return callWithOptions('sa.Column', [randomString(random), randomType(random)], {
    nullable: ['true', 'false', undefined][random(3)],
    serverDefault: random(3) === 0 ? call('sa.text', randomString(random)) : undefined,
    comment: random(3) === 0 ? randomString(random) : undefined,
    mysql:
      random(5) === 0 ? object({ a: randomString(random), b: randomString(random) }) : undefined,
  })
}

function randomStatement(random: (below: number) => number): Source {
  const strings = () => array(Array.from({ length: 1 + random(5) }, () => randomString(random)))
  const options = {
    schema: random(3) === 0 ? randomString(random) : undefined,
    unique: random(2) === 0 ? 'true' : undefined,
    postgresql:
      random(3) === 0 ? object({ where: call('sa.text', randomString(random)) }) : undefined,
  }
  const kinds = [
    () =>
      callWithOptions(
        'op.createTable',
        [
          randomString(random),
          ...Array.from({ length: 1 + random(4) }, () => randomColumn(random)),
        ],
        options,
      ),
    () => callWithOptions('op.addColumn', [randomString(random), randomColumn(random)], options),
    () =>
      callWithOptions(
        'op.createIndex',
        [
          random(2) === 0 ? call('op.f', randomString(random)) : randomString(random),
          randomString(random),
          strings(),
        ],
        options,
      ),
    () =>
      callWithOptions(
        'op.createForeignKey',
        [randomString(random), randomString(random), randomString(random), strings(), strings()],
        options,
      ),
    () =>
      callWithOptions('op.alterColumn', [randomString(random), randomString(random)], {
        existingType: randomType(random),
        ...options,
      }),
    () => call('op.execute', randomString(random)),
    () =>
      call('op.batchAlterTable', randomString(random), object(options), {
        kind: 'block' as const,
        head: 'async (batchOp) =>',
        statements: [
          { prefix: 'await ', expression: call('batchOp.addColumn', randomColumn(random)) },
        ],
      }),
  ]
  return kinds[random(kinds.length)]!()
}

it('lays random statements out as the formatter does', () => {
  const random = randomFrom(20_260_101)
  const statements = Array.from({ length: 600 }, () => layOut(randomStatement(random), 'await ', 1))
  const text = `export async function upgrade(): Promise<void> {\n${statements.join('\n')}\n}\n`
  expect(text).toBe(formatted(text))
})

it.each<[Source, string]>([
  [call('op.dropTable', "'cars'"), "await op.dropTable('cars')"],
  [
    call('op.createTable', "'t'", call('sa.Column', "'a'".padEnd(80, ' '))),
    `await op.createTable(\n  't',\n  sa.Column(${"'a'".padEnd(80, ' ')}),\n)`,
  ],
])('lays %# out', (source, expected) => {
  expect(layOut(source, 'await ', 0)).toBe(expected)
})
