import { brand } from '../../../util/brand.ts'
import { SchemaError } from '../../../errors/schema-error.ts'
import { TextClause, type SqlExpression } from '../../../sql/elements/expression.ts'
import { givenSchema } from '../../../sql/elements/identifier.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
  type TypeBind,
  type TypeBindOptions,
} from '../../../sql/types/type-engine.ts'

/** Options of `DOMAIN`. */
export interface DomainOptions {
  readonly schema?: string | null
  readonly collation?: string | null
  /** A string becomes a quoted literal, SQL is written `sa.text('…')`. */
  readonly default?: string | SqlExpression | null
  /** Name of the CHECK; the server makes one unless given. */
  readonly constraintName?: string | null
  readonly notNull?: boolean | null
  /** A condition on `VALUE`. */
  readonly check?: string | SqlExpression | null
  /** Whether CREATE TABLE also creates the domain; `true` unless given. */
  readonly createType?: boolean
  /** Takes the schema of the table. */
  readonly inheritSchema?: boolean
}

/** The class behind `DOMAIN(...)`. */
export class DomainType<T = unknown> extends TypeEngine<T> {
  static {
    brand(this, 'postgresql.DomainType')
  }

  override readonly typeName = 'DOMAIN'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'postgresql'
  readonly name: string
  readonly schema: string | null
  readonly dataType: TypeEngine<T>
  readonly collation: string | null
  readonly default: string | SqlExpression | null
  readonly constraintName: string | null
  /** `null` where nothing was said: no difference in SQL, but in what is rendered. */
  readonly notNull: boolean | null
  readonly check: SqlExpression | null
  readonly createType: boolean
  readonly inheritSchema: boolean

  constructor(
    name: string,
    dataType: TypeEngine<T> | (() => TypeEngine<T>),
    options: DomainOptions = {},
  ) {
    super()
    if (name === '') throw new SchemaError('A domain needs a name')
    this.name = name
    this.dataType = dataType instanceof TypeEngine ? dataType : dataType()
    this.schema = givenSchema(options.schema)
    this.collation = options.collation ?? null
    this.default = options.default ?? null
    this.constraintName = options.constraintName ?? null
    this.notNull = options.notNull ?? null
    this.check =
      typeof options.check === 'string' ? new TextClause(options.check) : (options.check ?? null)
    this.createType = options.createType ?? true
    this.inheritSchema = options.inheritSchema ?? false
  }

  /** Creates the domain without a table; looks first whether it is there. */
  create(bind: TypeBind, { checkfirst = true }: Partial<TypeBindOptions> = {}): PromiseLike<void> {
    return bind.createType(this, { checkfirst })
  }

  /** Drops the domain; looks first whether it is there. */
  drop(bind: TypeBind, { checkfirst = true }: Partial<TypeBindOptions> = {}): PromiseLike<void> {
    return bind.dropType(this, { checkfirst })
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.schema !== null) options['schema'] = this.schema
    if (this.collation !== null) options['collation'] = this.collation
    if (this.default !== null) options['default'] = this.default
    if (this.constraintName !== null) options['constraintName'] = this.constraintName
    if (this.notNull !== null) options['notNull'] = this.notNull
    if (this.check !== null) options['check'] = this.check
    if (!this.createType) options['createType'] = false
    if (this.inheritSchema) options['inheritSchema'] = true
    return { positional: [this.name, this.dataType], options }
  }
}

/**
 * A type with conditions of its own. `CREATE TABLE` creates it first, unless `createType` is `false`.
 *
 * @example
 * sa.postgresql.DOMAIN('posint', sa.Integer(), { check: 'VALUE > 0' })
 */
export function DOMAIN<T>(
  name: string,
  dataType: TypeEngine<T> | (() => TypeEngine<T>),
  options?: DomainOptions,
): DomainType<T> {
  return new DomainType(name, dataType, options)
}
export type DOMAIN<T = unknown> = DomainType<T>
