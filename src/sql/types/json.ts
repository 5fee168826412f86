import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of `JSON`. */
export interface JsonOptions {
  /** The reference's choice for `None`; here `null` is always SQL NULL, and JSON's own is `sa.text("'null'")`. */
  readonly noneAsNull?: boolean
}

class JSONType extends TypeEngine<unknown> {
  override readonly typeName: string = 'JSON'
  override readonly affinity: TypeAffinity = 'Json'
  readonly noneAsNull: boolean

  constructor(options: JsonOptions = {}) {
    super()
    this.noneAsNull = options.noneAsNull ?? false
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.noneAsNull ? { noneAsNull: true } : {} }
  }
}

/** A JSON document. */
export const JSON: Callable<typeof JSONType> = callable(JSONType)
export type JSON = JSONType
