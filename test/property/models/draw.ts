import fc from 'fast-check'
import { hostileText } from '../hostile.ts'
import { fitsForm } from './index-forms.ts'
import { Kinds, withLabels } from './kinds.ts'
import { IDENTITIES, SEQUENCES } from './numbering.ts'
import type { ModelRules } from './rules.ts'
import type {
  CheckSpec,
  ColumnSpec,
  ForeignKeySpec,
  IndexSpec,
  KeySpec,
  ModelSpec,
  SequenceSpec,
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

const PLAIN = {
  was: null,
  typeName: '',
  labels: [],
  default: null,
  comment: null,
  made: null,
  identity: 0,
  source: null,
  term: 1,
}

/** What is drawn. */
export interface DrawOptions {
  /** Whether CHECKs may stand behind a column, which MariaDB can't say; default false. */
  readonly inlineChecks?: boolean
}

/** Draws what models are made of, each name once. */
export class Draw {
  readonly rules: ModelRules
  readonly kinds: Kinds = new Kinds()
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
    const word = hostile ? this.#draw(() => hostileText) : this.from(WORDS)
    return fits(word + serial) ? word + serial : `n${serial}`
  }

  comment(): string | null {
    if (!this.rules.hasComments || !this.oneIn(5)) return null
    const text = this.#draw(() => hostileText)
    return text !== '' && this.rules.server.abilities.fitsComment(text) ? text : "it's"
  }

  column(schema: string | null): ColumnSpec {
    const type = this.from(this.oneIn(10) ? this.rules.enumerations : this.rules.types)
    const { defaults = [], isNumber = false } = sampleOf(type)
    const made = isNumber && this.oneIn(12) ? this.#made(type) : null
    return {
      name: this.name(),
      was: null,
      type,
      ...this.kind(type, schema),
      nullable: made === 'identity' ? false : !this.oneIn(3),
      default:
        made === null && defaults.length > 0 && this.oneIn(2)
          ? this.upTo(defaults.length - 1)
          : null,
      comment: this.comment(),
      made,
      identity: made === 'identity' ? this.upTo(IDENTITIES.length - 1) : 0,
      source: null,
      term: 1,
    }
  }

  /** What a type is called, and its values: those of a type that is there already, or its own. */
  kind(type: string, schema: string | null): Pick<ColumnSpec, 'typeName' | 'labels'> {
    const { isNamed = false, hasLabels = false } = sampleOf(type)
    const isShared = isNamed && hasLabels && this.rules.sharesKinds && type === 'enum'
    const known = isShared ? this.kinds.of(schema) : []
    if (known.length > 0 && this.oneIn(2)) return this.from(known)
    const made = {
      typeName: isNamed ? this.name() : '',
      labels: hasLabels ? withLabels(this, ['a', "b's"]) : [],
    }
    if (isShared) this.kinds.add(schema, made)
    return made
  }

  /** A column beside `others`, which it can be computed of. */
  columnBeside(others: readonly ColumnSpec[], schema: string | null): ColumnSpec {
    const column = this.column(schema)
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
    const subject = this.from(keys)
    const unique = holdsDifferent(subject) && this.oneIn(4)
    const form = this.from(this.indexForms(subject, unique))
    const other = columns.find((column) => column !== subject)
    const second = keys.find((column) => column !== subject)
    const isPair = form === 'plain' && second !== undefined && this.oneIn(3)
    return {
      name: this.name(),
      columns: [subject.name, ...(isPair ? [second.name] : [])],
      unique,
      form,
      included: form === 'included' ? (other?.name ?? null) : null,
    }
  }

  indexForms({ type }: ColumnSpec, unique: boolean): readonly IndexSpec['form'][] {
    return this.rules.indexForms.filter((form) => fitsForm(form, type, unique))
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
    const schema = this.from(this.rules.schemas)
    const id: ColumnSpec = { name: this.name(), type: 'integer', ...plain }
    const second: ColumnSpec[] = this.oneIn(4)
      ? [{ name: this.name(), type: this.from(keyTypes), ...plain }]
      : []
    const others: ColumnSpec[] = []
    const count = 1 + this.upTo(5)
    while (others.length < count) others.push(this.columnBeside(others, schema))
    const key = {
      name: this.oneIn(3) ? this.name() : null,
      columns: [id, ...second].map(({ name }) => name),
    }
    const number = others.find(({ type }) => sampleOf(type).isNumber)
    const checked = number !== undefined && this.oneIn(2)
    const index = this.oneIn(2) ? this.index(others) : null
    return {
      name: this.name(),
      was: null,
      schema,
      comment: this.comment(),
      numbered: this.oneIn(2),
      serial: null,
      empty: this.oneIn(6),
      columns: [id, ...second, ...others],
      key,
      uniques: this.oneIn(3) ? this.uniques(others) : [],
      indexes: index === null ? [] : [index],
      checks: checked ? [this.check(number)] : [],
      foreignKeys: [],
    }
  }

  check({ name: column, made, default: value }: ColumnSpec): CheckSpec {
    // What the server makes, or fills in, is not in a list.
    const isRows = made === null && value === null
    const forms = isRows ? (['low', 'list', 'either'] as const) : (['low'] as const)
    return {
      name: this.optionalName(),
      column,
      inline: this.#inlineChecks && this.oneIn(2),
      form: this.from(forms),
      bound: 1000,
    }
  }

  /** A unique constraint over one or two of the columns, or none. */
  uniques(columns: readonly ColumnSpec[]): readonly KeySpec[] {
    const choices = columns.filter((column) => isKey(column) && holdsDifferent(column))
    if (choices.length === 0) return []
    const first = this.from(choices)
    const second = choices.find((column) => column !== first)
    const isPair = second !== undefined && this.oneIn(3)
    const keys = [first, ...(isPair ? [second] : [])].map(({ name }) => name)
    return [{ name: this.optionalName(), columns: keys }]
  }

  sequence(): SequenceSpec {
    const schema = this.from(this.rules.schemas)
    return { name: this.name(), schema, options: this.upTo(SEQUENCES.length - 1) }
  }

  optionalName(): string | null {
    return this.oneIn(3) ? null : this.name()
  }

  model(): ModelSpec {
    const tables = Array.from({ length: 1 + this.upTo(2) }, () => this.table())
    const linked = tables.map((table) =>
      this.oneIn(2) ? this.foreignKey(table, this.from(tables)) : table,
    )
    const sequences = this.rules.hasSequences && this.oneIn(4) ? [this.sequence()] : []
    return { convention: this.oneIn(3), tables: linked, sequences }
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
