import { callable, type Callable } from '../../../sql/types/callable.ts'
import { JSON as StandardJson, type JsonOptions } from '../../../sql/types/json.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'
import { wordType, type WordType, type WordTypeClass } from './word-type.ts'

/** Options of `JSON` and `JSONB`. */
export interface PostgresqlJsonOptions extends JsonOptions {
  /** The type of values taken out as text; no effect on DDL. */
  readonly astextType?: TypeEngine
}

/** Options of `HSTORE`. */
export interface HstoreOptions {
  /** The type of values taken out; no effect on DDL. */
  readonly textType?: TypeEngine
}

class JsonType extends StandardJson {
  override readonly dialectName: string | null = 'postgresql'
  readonly astextType: TypeEngine | undefined

  constructor(options: PostgresqlJsonOptions = {}) {
    super(options)
    this.astextType = options.astextType
  }

  override typeArguments(): TypeArguments {
    const { positional, options } = super.typeArguments()
    if (this.astextType === undefined) return { positional, options }
    return { positional, options: { ...options, astextType: this.astextType } }
  }
}

class JsonbType extends JsonType {
  override readonly typeName: string = 'JSONB'
}

class HstoreType extends TypeEngine<string> {
  override readonly typeName = 'HSTORE'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'postgresql'
  readonly textType: TypeEngine | undefined

  constructor(options: HstoreOptions = {}) {
    super()
    this.textType = options.textType
  }

  override typeArguments(): TypeArguments {
    const options = this.textType === undefined ? {} : { textType: this.textType }
    return { positional: [], options }
  }
}

/** A JSON document, kept as it was written. */
export const JSON: Callable<typeof JsonType> = callable(JsonType)
export type JSON = JsonType

/** A JSON document, kept parsed. */
export const JSONB: Callable<typeof JsonbType> = callable(JsonbType)
export type JSONB = JsonbType

/** A path into a JSON document. Server 12 and later. */
export const JSONPATH: WordTypeClass<string> = wordType('JSONPATH')
export type JSONPATH = WordType<string>

/** Keys and values; needs `CREATE EXTENSION hstore`. */
export const HSTORE: Callable<typeof HstoreType> = callable(HstoreType)
export type HSTORE = HstoreType
