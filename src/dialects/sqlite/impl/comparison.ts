import type { ReflectedColumn, ReflectedTable } from '../../../engine/reflected.ts'
import {
  ComparisonImpl,
  type DefaultPair,
  type IndexesAndUniques,
} from '../../../impl/comparison.ts'
import { differentBecause, EQUAL, type ComparisonResult } from '../../../impl/comparison-result.ts'
import type { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import { ColumnExpression } from '../../../sql/elements/column-expression.ts'
import { OrderModifier } from '../../../sql/elements/expression.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { normalIndex, normalSql } from './definition-comparison.ts'
import { warn } from '../../../util/warnings.ts'

/** How SQLite tells whether models and database are alike: it keeps what it was told as text. */
export class SqliteComparison extends ComparisonImpl {
  /** What was reflected, by schema and table. */
  readonly #reflected = new Map<string, ReflectedTable>()

  override async prepareReflected(tables: readonly ReflectedTable[]): Promise<void> {
    for (const table of tables) this.#reflected.set(keyOf(table), table)
    await Promise.resolve()
  }

  /** Any word can be a type here: one that reads as it was declared is the same, whatever it stands for. */
  override compareType(inspected: Column, metadata: Column): boolean {
    const declared = this.#declaredType(inspected)
    if (declared !== undefined && folded(declared) === folded(this.typeSql(metadata.type))) {
      return false
    }
    return super.compareType(inspected, metadata)
  }

  /** The type as CREATE TABLE said it. */
  #declaredType({ name, table }: Column): string | undefined {
    const found = table === null ? undefined : this.#reflected.get(keyOf(table))
    const column = found?.columns.find((one) => one.name === name)
    return column === undefined ? undefined : (column.declaredType ?? '')
  }

  /** Without `detect.indexExpressions` no index with an expression is compared, as the reference does. */
  override correctForAutogenConstraints(sides: IndexesAndUniques): void {
    if (this.detect.indexExpressions) return
    for (const index of sides.reflectedIndexes) {
      if (hasExpressions(index)) sides.reflectedIndexes.delete(index)
    }
    const names = new Set([...sides.reflectedIndexes].map(({ name }) => name))
    for (const index of sides.metadataIndexes) {
      if (names.has(index.name) || !hasExpressions(index)) continue
      sides.metadataIndexes.delete(index)
      warn(
        `autogenerate skipping metadata-specified expression-based index '${index.name}'; with detect.indexExpressions off these indexes are not compared`,
      )
    }
  }

  /** The catalog leaves the parentheses of a default's expression out; DDL needs them. */
  override autogenColumnReflect(_table: ReflectedTable, column: ReflectedColumn): ReflectedColumn {
    if (column.default === null || !needsParentheses(column.default)) return column
    return { ...column, default: `(${column.default})` }
  }

  override compareIndexes(metadata: Index, reflected: Index): ComparisonResult {
    const byRule = super.compareIndexes(metadata, reflected)
    if (!this.detect.indexOptions) return byRule
    const { ddl } = this.dialect
    const [there = '', wanted = ''] = [reflected, metadata].map((index) =>
      ddl.compile({ kind: 'createIndex', index, ifNotExists: false }),
    )
    if (there === wanted || normalIndex(there) === normalIndex(wanted)) return EQUAL
    return byRule.kind === 'different' ? byRule : differentBecause([`'${there}' to '${wanted}'`])
  }

  override compareCheckConstraints(
    metadata: CheckConstraint,
    reflected: CheckConstraint,
  ): ComparisonResult {
    if (!this.detect.checkExpressions) return EQUAL
    const { constraints } = this.dialect.ddl
    const [there = '', wanted = ''] = [reflected, metadata].map((check) =>
      constraints.checkCondition(check),
    )
    if (there === wanted || normalSql(there) === normalSql(wanted)) return EQUAL
    return differentBecause([`'${there}' to '${wanted}'`])
  }

  override compareServerDefault(pair: DefaultPair): boolean {
    const { inspectedDefault, metadataDefault } = pair
    if (bare(inspectedDefault) === bare(metadataDefault)) return false
    // A literal is what CREATE TABLE would write of it: quotes in it are doubled.
    const { serverDefault, type } = pair.metadata
    const written = this.dialect.columns.defaultText(serverDefault, type)
    return unwrapped(inspectedDefault) !== unwrapped(written)
  }
}

function keyOf({
  schema,
  name,
}: {
  readonly schema: string | null
  readonly name: string
}): string {
  return JSON.stringify([schema, name])
}

function folded(type: string): string {
  return type.replaceAll(/\s/g, '').toUpperCase()
}

function hasExpressions(index: Index): boolean {
  return index.elements.some((element) => {
    const plain = element instanceof OrderModifier ? element.of : element
    return !(plain instanceof ColumnExpression)
  })
}

/** Whether a default is more than a digit, a string, or an expression in parentheses already. */
function needsParentheses(sql: string): boolean {
  return sql !== '' && !/^(?:[\d.]|'.+'|\(.+\))$/s.test(sql)
}

/** Without one pair of parentheses, and without quotes. */
function bare(sql: string | null): string | null {
  return sql?.replace(/^\((.+)\)$/s, '$1').replace(/^"?'(.+)'"?$/s, '$1') ?? null
}

/** Without any parentheses around the whole. */
function unwrapped(sql: string | null): string | null {
  if (sql === null || !isWrapped(sql)) return sql
  return unwrapped(sql.slice(1, -1).trim())
}

/** Whether the first parenthesis is closed by the last. */
function isWrapped(sql: string): boolean {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return false
  let depth = 0
  for (const [character] of sql.slice(0, -1).matchAll(/'(?:[^']|'')*'|[()]/g)) {
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    if (depth === 0) return false
  }
  return true
}
