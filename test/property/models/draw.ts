import fc from 'fast-check'
import { hostileText } from '../hostile.ts'
import type { ModelRules } from './rules.ts'
import type {
  CheckSpec,
  ColumnSpec,
  ForeignKeySpec,
  IndexSpec,
  ModelSpec,
  TableSpec,
} from './spec.ts'
import { TYPES, type TypeSample } from './types.ts'

const WORDS = [
  'a',
  'order',
  'user',
  'mixedCase',
  'with space',
  'id',
  'ünï',
  'a_long_name_of_a_thing',
]

const PLAIN = { typeName: '', default: null, comment: null, made: null, source: null, term: 1 }

/** What is drawn. */
export interface DrawOptions {
  /** Whether CHECKs may stand behind a column, which MariaDB can't say; default false. */
  readonly inlineChecks?: boolean
}

/** Draws what models are made of, each name once. */
export class Draw {
  readonly rules: ModelRules
  readonly #draw: fc.GeneratorValue
  readonly #hostile: boolean
  readonly #inlineChecks: boolean
  #serial = 0

  constructor(draw: fc.GeneratorValue, rules: ModelRules, options: DrawOptions = {}) {
    this.#draw = draw
    this.#inlineChecks = options.inlineChecks ?? false
    this.rules = rules
    this.#hostile = this.oneIn(5)
  }

  oneIn(count: number): boolean {
    // Shrinks towards what is not so.
    return this.#draw(fc.nat, { max: count - 1 }) === count - 1
  }

  upTo(max: number): number {
    return this.#draw(fc.nat, { max })
  }

  from<T>(choices: readonly T[]): T {
    const choice = choices[this.upTo(choices.length - 1)]
    if (choice === undefined) throw new TypeError('nothing to choose from')
    return choice
  }

  /** Whatever is drawn, the number at the end makes it a name of its own. */
  name(): string {
    const { fits } = this.rules.server.abilities.names
    const serial = String((this.#serial += 1))
    const hostile = this.#hostile && this.oneIn(6)
    // Where a foreign key points is one text, `table.column`, as in the reference: a dot in a name can't be told apart there.
    const word = hostile ? this.#draw(() => hostileText).replaceAll('.', '') : this.from(WORDS)
    return fits(word + serial) ? word + serial : `n${serial}`
  }

  comment(): string | null {
    if (!this.rules.hasComments || !this.oneIn(5)) return null
    const text = this.#draw(() => hostileText)
    return text !== '' && this.rules.server.abilities.fitsComment(text) ? text : "it's"
  }

  column(types: readonly string[] = this.rules.types): ColumnSpec {
    const type = this.from(types)
    const { defaults = [], isNumber = false, isNamed = false } = sampleOf(type)
    const made = isNumber && this.oneIn(12) ? this.#made(type) : null
    return {
      name: this.name(),
      type,
      typeName: isNamed ? this.name() : '',
      nullable: made === 'identity' ? false : !this.oneIn(3),
      default:
        made === null && defaults.length > 0 && this.oneIn(2)
          ? this.upTo(defaults.length - 1)
          : null,
      comment: this.comment(),
      made,
      source: null,
      term: 1,
    }
  }

  /** A column beside `others`, which it can be computed of. */
  columnBeside(others: readonly ColumnSpec[]): ColumnSpec {
    const column = this.column()
    if (column.made !== 'computed') return column
    // MariaDB allows none that numbers itself.
    const source = others.find(({ made, type }) => made === null && sampleOf(type).isNumber)
    return source === undefined ? { ...column, made: null } : { ...column, source: source.name }
  }

  #made(type: string): ColumnSpec['made'] {
    return this.rules.hasIdentity && type === 'integer' && this.oneIn(2) ? 'identity' : 'computed'
  }

  index(columns: readonly ColumnSpec[]): IndexSpec | null {
    const keys = columns.filter(({ type }) => sampleOf(type).isKey === true)
    if (keys.length === 0) return null
    const form = this.from(this.rules.indexForms)
    const texts = keys.filter(({ type }) => type === 'string' || type === 'longString')
    const subject = form === 'expression' ? texts[0] : this.from(keys)
    if (subject === undefined) return null
    const other = keys.find((column) => column !== subject)
    const isPair = form === 'plain' && other !== undefined && this.oneIn(3)
    return {
      name: this.name(),
      columns: [subject.name, ...(isPair ? [other.name] : [])],
      unique: columns.length > 0 && holdsDifferent(subject) && this.oneIn(4),
      form,
    }
  }

  /** With columns of its own: they are new in `table`. */
  foreignKey(table: TableSpec, target: TableSpec): TableSpec {
    const { key } = target
    if (key === null) return table
    const columns = key.columns.map((name): ColumnSpec => {
      const type = target.columns.find((column) => column.name === name)?.type ?? 'integer'
      const plain = { ...PLAIN, nullable: true }
      return { name: this.name(), type, ...plain }
    })
    const foreignKey: ForeignKeySpec = {
      name: this.optionalName(),
      columns: columns.map(({ name }) => name),
      target: target.name,
      ondelete: this.from([null, 'CASCADE', 'SET NULL'] as const),
    }
    return {
      ...table,
      columns: [...table.columns, ...columns],
      foreignKeys: [...table.foreignKeys, foreignKey],
    }
  }

  /** A table without foreign keys. */
  table(): TableSpec {
    const keyTypes = ['smallInteger', 'bigInteger', 'string', 'date'].filter((type) =>
      this.rules.types.includes(type),
    )
    const plain = { ...PLAIN, nullable: false }
    const id: ColumnSpec = { name: this.name(), type: 'integer', ...plain }
    const second: ColumnSpec[] = this.oneIn(4)
      ? [{ name: this.name(), type: this.from(keyTypes), ...plain }]
      : []
    const others: ColumnSpec[] = []
    const count = 1 + this.upTo(5)
    while (others.length < count) others.push(this.columnBeside(others))
    const key = {
      name: this.oneIn(3) ? this.name() : null,
      columns: [id, ...second].map(({ name }) => name),
    }
    const uniqueable = others.filter((column) => isKey(column) && holdsDifferent(column))
    const subject = uniqueable[0]
    const unique = subject !== undefined && this.oneIn(3)
    const number = others.find(({ type }) => sampleOf(type).isNumber)
    const checked = number !== undefined && this.oneIn(2)
    const index = this.oneIn(2) ? this.index(others) : null
    return {
      name: this.name(),
      schema: this.from(this.rules.schemas),
      comment: this.comment(),
      numbered: this.oneIn(2),
      columns: [id, ...second, ...others],
      key,
      uniques: unique ? [{ name: this.optionalName(), columns: [subject.name] }] : [],
      indexes: index === null ? [] : [index],
      checks: checked ? [this.check(number.name)] : [],
      foreignKeys: [],
    }
  }

  check(column: string): CheckSpec {
    return { name: this.optionalName(), column, inline: this.#inlineChecks && this.oneIn(2) }
  }

  optionalName(): string | null {
    return this.oneIn(3) ? null : this.name()
  }

  model(): ModelSpec {
    const tables = Array.from({ length: 1 + this.upTo(2) }, () => this.table())
    const linked = tables.map((table) =>
      this.oneIn(2) ? this.foreignKey(table, this.from(tables)) : table,
    )
    return { convention: this.oneIn(3), tables: linked }
  }
}

export function sampleOf(type: string): TypeSample {
  const sample = TYPES[type]
  if (sample === undefined) throw new TypeError(`no type ${type}`)
  return sample
}

/** Whether it can be in an index. */
export function isKey({ type, made }: ColumnSpec): boolean {
  return sampleOf(type).isKey === true && made !== 'computed'
}

/** Whether two rows have different values in it. */
export function holdsDifferent({ made }: ColumnSpec): boolean {
  return made === null
}

/** Models of all that the server has. */
export function modelSpecs(rules: ModelRules): fc.Arbitrary<ModelSpec> {
  return fc.gen().map((draw) => new Draw(draw, rules, { inlineChecks: true }).model())
}
