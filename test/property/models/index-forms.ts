import { sa } from '../../../src/index.ts'
import type { DialectIndexOptions, IndexOptions } from '../../../src/sql/schema/table-index.ts'
import type { DatabaseName } from '../../live/servers.ts'
import type { IndexForm, IndexSpec } from './spec.ts'

/** What an index can be beside its columns, and where. */
interface FormSample {
  /** Where it exists; everywhere unless given. */
  readonly on?: readonly DatabaseName[]
  /** Types that its first column must have; all that can be keys unless given. */
  readonly types?: readonly string[]
  /** Whether it must be unique, or can't be. */
  readonly unique?: boolean
  readonly make: (index: IndexSpec) => ReturnType<typeof sa.Index>
}

const TEXTS = ['string', 'longString']
const WORDS = [...TEXTS, 'unicode']

/** An index on its plain columns, with options. */
function plain(
  { name, columns, unique }: IndexSpec,
  options: IndexOptions & DialectIndexOptions = {},
): ReturnType<typeof sa.Index> {
  return sa.Index(name, ...columns, { unique, ...options })
}

function partial(index: IndexSpec, where: sa.SqlExpression): ReturnType<typeof sa.Index> {
  return plain(index, { postgresql: { where }, sqlite: { where } })
}

function subject({ columns: [first = ''] }: IndexSpec): ReturnType<typeof sa.column> {
  return sa.column(first)
}

export const INDEX_FORMS: Readonly<Record<IndexForm, FormSample>> = {
  plain: { make: (index) => plain(index) },
  desc: { make: (index) => sa.Index(index.name, subject(index).desc(), { unique: index.unique }) },
  where: {
    on: ['postgresql', 'sqlite'],
    make: (index) => partial(index, subject(index).isNot(null)),
  },
  otherWhere: {
    on: ['postgresql', 'sqlite'],
    make: (index) => partial(index, subject(index).is(null)),
  },
  expression: {
    on: ['postgresql', 'sqlite'],
    types: TEXTS,
    make: (index) => sa.Index(index.name, sa.func.lower(subject(index)), { unique: index.unique }),
  },
  included: {
    on: ['postgresql'],
    make: (index) =>
      plain(index, { postgresql: { include: index.included === null ? [] : [index.included] } }),
  },
  hash: {
    on: ['postgresql'],
    unique: false,
    make: (index) => plain(index, { postgresql: { using: 'hash' } }),
  },
  operators: {
    on: ['postgresql'],
    types: WORDS,
    make: (index) =>
      plain(index, { postgresql: { ops: { [index.columns[0] ?? '']: 'text_pattern_ops' } } }),
  },
  nullsNotDistinct: {
    on: ['postgresql'],
    unique: true,
    make: (index) => plain(index, { postgresql: { nullsNotDistinct: true } }),
  },
  filled: {
    on: ['postgresql'],
    make: (index) => plain(index, { postgresql: { with: { fillfactor: 50 } } }),
  },
  prefix: {
    on: ['mariadb'],
    types: WORDS,
    make: (index) => plain(index, { mysql: { length: 4 }, mariadb: { length: 4 } }),
  },
  longPrefix: {
    on: ['mariadb'],
    types: WORDS,
    make: (index) => plain(index, { mysql: { length: 9 }, mariadb: { length: 9 } }),
  },
}

/** Whether a unique index, or another one, on a column of that type can have the form; it has one column unless plain. */
export function fitsForm(form: IndexForm, type: string, unique: boolean): boolean {
  const sample = INDEX_FORMS[form]
  return (sample.types?.includes(type) ?? true) && (sample.unique ?? unique) === unique
}
