import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HeaderScan } from '../../../src/script/header/scan.ts'
import { scanWrittenForm } from '../../../src/script/header/written-form.ts'

const NAMES = ['revision', 'downRevision', 'branchLabels', 'dependsOn']

const values = fc.oneof(
  fc.constantFrom('null', "'a1'", '"b2"', "['a1', 'b2']", '["a",]', '[]', "'it\\'s'", '`t`'),
  fc.constantFrom("'a'\n+ 'b'", 'undefined', "'a' as const", "['a'] as const", 'x', "'//'", "'/*'"),
)
const types = fc.constantFrom(
  '',
  ': string',
  ': string | null',
  ': string | readonly string[] | null',
)
const ends = fc.constantFrom('\n', ';\n', ' // note\n', '', ';', '\n\n')
const exports_ = fc
  .tuple(fc.constantFrom(...NAMES), types, values, ends)
  .map(([name, type, value, end]) => `export const ${name}${type} = ${value}${end}`)
const others = fc.constantFrom(
  '/** a doc\n * comment */\n',
  '// export const revision = 1\n',
  "/* export const revision = '0' */",
  "import { op, sa } from 'alembic-ts'\n",
  "import type { A } from '../a.ts';\n",
  "import {\n  op,\n} from 'alembic-ts'\n",
  "const other = { revision: 'x' }\n",
  '\n',
  'export async function upgrade() {}\n',
)

it('reads what the scan of the words reads, or nothing', () => {
  let read = 0
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: exports_ }, others), { maxLength: 9 }),
      fc.boolean(),
      (parts, isWhole) => {
        const whole = NAMES.map((name) => `export const ${name} = null\n`)
        const source = [...(isWhole ? whole : []), ...parts].join('') + 'export const end = 1\n'
        const found = scanWrittenForm(source, NAMES)
        if (found === null) return
        read += 1
        expect([...found]).toEqual([...new HeaderScan(source, new Set(NAMES)).run().exports])
      },
    ),
    { numRuns: 3000 },
  )
  expect(read).toBeGreaterThan(500)
})

it('reads the file of the template', () => {
  const source = `/**
 * add cars
 *
 * Revision ID: b2
 * Revises: a1
 */
import { op, sa } from 'alembic-ts'

export const revision = 'b2'
export const downRevision = ['a1', 'a0']
export const branchLabels = null
export const dependsOn: string | null = "c3"

export async function upgrade(): Promise<void> {}
`
  expect(scanWrittenForm(source, NAMES)).toEqual(
    new Map([
      ['revision', { literal: 'b2' }],
      ['downRevision', { literal: ['a1', 'a0'] }],
      ['branchLabels', { literal: null }],
      ['dependsOn', { literal: 'c3' }],
    ]),
  )
})
