import { brand } from '../../util/brand.ts'
import { NextValue } from '../elements/expression.ts'
import { givenSchema, nameParts, type NameLike } from '../elements/identifier.ts'
import { callable, type Callable } from '../types/callable.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import type { SequenceOptions } from './server-default.ts'

/** Options of `Sequence` beside those of its numbering. */
export interface SequenceObjectOptions extends SequenceOptions {
  readonly schema?: string | null
  readonly dataType?: TypeEngine | null
  /** Used only where the database has no other way to number a column. */
  readonly optional?: boolean
}

class SequenceClass {
  static {
    brand(this, 'Sequence')
  }

  readonly kind = 'sequence'
  readonly name: string
  readonly quote: boolean | null
  readonly schema: string | null
  readonly dataType: TypeEngine | null
  readonly optional: boolean
  readonly options: SequenceOptions

  constructor(name: NameLike, options: SequenceObjectOptions = {}) {
    const parts = nameParts(name)
    const { schema, dataType, optional, ...numbering } = options
    this.name = parts.text
    this.quote = parts.quote
    this.schema = givenSchema(schema)
    this.dataType = dataType ?? null
    this.optional = optional ?? false
    this.options = numbering
  }

  /** The expression that takes the next number. */
  nextValue(): NextValue {
    return new NextValue(this)
  }
}

/** A named sequence: `sa.Sequence('invoice_number', { start: 1000 })`. */
export const Sequence: Callable<typeof SequenceClass> = callable(SequenceClass)
export type Sequence = SequenceClass
