import { ColumnExpression } from '../../../src/sql/elements/column-expression.ts'
import { SqlExpression } from '../../../src/sql/elements/expression.ts'
import { FinalName, nameParts, QuotedName } from '../../../src/sql/elements/identifier.ts'
import { CheckConstraint } from '../../../src/sql/schema/check-constraint.ts'
import { ColumnClass, type Column } from '../../../src/sql/schema/column.ts'
import { Constraint } from '../../../src/sql/schema/constraint.ts'
import type { DialectOptions } from '../../../src/sql/schema/dialect-options.ts'
import { ExcludeConstraint } from '../../../src/sql/schema/exclude-constraint.ts'
import { ForeignKeyConstraint } from '../../../src/sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../../../src/sql/schema/key-constraints.ts'
import { finalName } from '../../../src/sql/schema/naming.ts'
import { DefaultClause, type ServerDefault } from '../../../src/sql/schema/server-default.ts'
import { TableClass } from '../../../src/sql/schema/table.ts'
import { Index } from '../../../src/sql/schema/table-index.ts'
import { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import type { Dialect } from '../../../src/sql/compile/dialect.ts'
import { describeType } from '../nodes/types.ts'

/** Schema objects as plain data: what two of them must have in common to be the same. */
export class Describer {
  readonly #dialect: Dialect

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  describe(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.describe(item))
    if (value instanceof TypeEngine) return this.type(value)
    if (value instanceof TableClass) return this.table(value as TableClass)
    if (value instanceof ColumnClass) return this.column(value)
    if (value instanceof Index) return this.index(value)
    if (value instanceof Constraint) return this.constraint(value)
    if (value instanceof FinalName) return { final: value.value }
    if (value instanceof QuotedName) return value.value
    if (value instanceof ColumnExpression) return value.name
    if (value instanceof SqlExpression) return this.sql(value)
    if (isServerDefault(value)) return this.serverDefault(value)
    if (typeof value === 'bigint') return Number(value)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.describe(item)]),
    )
  }

  /** A type without what makes no difference to the server. */
  type(type: TypeEngine): unknown {
    if (type.affinity === 'Null') return null
    // The reference loses the attributes of a domain when it copies the type.
    if (type.typeName === 'DOMAIN') return { domain: type.typeArguments().positional[0] }
    // NVARCHAR says that by its name; a copy in the reference says it twice.
    const { options, ...described } = describeType(type) as { readonly options: object }
    const { national: _, ...others } = options as Record<string, unknown>
    return { ...described, options: /^N(?:VAR)?CHAR$/.test(type.typeName) ? others : options }
  }

  sql(expression: SqlExpression): unknown {
    return { sql: fold(this.#dialect.sql.compileForDdl(expression)) }
  }

  serverDefault(given: ServerDefault): unknown {
    switch (given.kind) {
      case 'default':
        return typeof given.arg === 'string' ? given.arg : this.sql(given.arg)
      case 'computed':
        return { computed: this.sql(given.sqltext), persisted: given.persisted }
      case 'identity':
        return { identity: this.describe({ always: given.always, ...given.options }) }
      case 'fetchedValue':
        return { fetched: true }
    }
  }

  /** A column; what it brings to its table is said by other operations. */
  column(column: Column): unknown {
    return {
      name: column.name,
      type: this.type(column.type),
      nullable: column.nullable,
      serverDefault: this.describe(column.serverDefault),
      autoincrement: column.autoincrement,
      comment: column.comment,
    }
  }

  table(table: TableClass): unknown {
    const checks = table.columns.flatMap((column) => column.checks)
    const constraints = [...table.constraints, ...checks].filter((constraint) => isSaid(constraint))
    return {
      name: table.name,
      schema: table.schema,
      comment: table.comment,
      columns: table.columns.map((column) => this.column(column)),
      constraints: constraints
        .map((constraint) => this.constraint(constraint, false))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      options: this.options(table.dialectOptions),
    }
  }

  constraint(constraint: Constraint, withTable = true): unknown {
    const common = {
      kind: constraint.kind,
      name: this.describe(finalName(constraint)),
      deferrable: constraint.deferrable || null,
      initially: constraint.initially,
      options: this.options(constraint.dialectOptions),
      ...(withTable ? owner(constraint) : {}),
    }
    if (constraint instanceof ForeignKeyConstraint) {
      const { onupdate, ondelete, match } = constraint
      const columns = constraint.columns.map((column) => column.name)
      return { ...common, columns, referred: constraint.referred, onupdate, ondelete, match }
    }
    if (constraint instanceof CheckConstraint) {
      return { ...common, condition: this.sql(constraint.sqltext) }
    }
    if (constraint instanceof ExcludeConstraint) {
      const { elements, using, where, ops } = constraint
      return {
        ...common,
        elements: this.describe(elements),
        using,
        where: this.describe(where),
        ops,
      }
    }
    if (constraint instanceof PrimaryKeyConstraint || constraint instanceof UniqueConstraint) {
      return { ...common, columns: constraint.columns.map((column) => column.name) }
    }
    return common
  }

  index(index: Index): unknown {
    return {
      kind: 'index',
      name: this.describe(finalName(index)),
      unique: index.unique,
      elements: index.elements.map((element) =>
        element instanceof ColumnExpression ? element.name : this.describe(element),
      ),
      options: this.options(index.dialectOptions),
      ...owner(index),
    }
  }

  /** Options that are set, by dialect; option values are compared as text. */
  options(options: DialectOptions): unknown {
    const given: [string, unknown][] = []
    for (const [dialect, own] of Object.entries(options)) {
      for (const [key, value] of Object.entries(own ?? {})) {
        if (value === null || value === undefined || value === false) continue
        if (typeof value === 'object' && Object.keys(value).length === 0) continue
        given.push([`${dialect}.${key}`, optionText(this.describe(value))])
      }
    }
    return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** White space does not count in SQL. */
function fold(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}

/** An option may be given as a number or as text, as text or as `sa.text()`. */
function optionText(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'string') return fold(String(value))
  if (typeof value === 'object' && value !== null && 'sql' in value) return value.sql
  return value
}

function isServerDefault(value: unknown): value is ServerDefault {
  if (value instanceof DefaultClause) return true
  const kind = (value as { readonly kind?: unknown } | null)?.kind
  return kind === 'computed' || kind === 'identity' || kind === 'fetchedValue'
}

function isSaid(constraint: Constraint): boolean {
  if (constraint instanceof PrimaryKeyConstraint) return constraint.columnKeys.length > 0
  return !(constraint instanceof CheckConstraint && constraint.typeBound !== null)
}

function owner({ table }: Constraint | Index): {
  readonly table: unknown
  readonly schema: unknown
} {
  return { table: table?.name ?? null, schema: table?.schema ?? null }
}

/** A name as text, final or not. */
export function nameText(name: unknown): unknown {
  if (name === null || name === undefined) return null
  return nameParts(name as string).text
}
