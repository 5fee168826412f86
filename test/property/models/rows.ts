import type { RawConnection } from '../raw-connection.ts'
import { sampleOf } from './draw.ts'
import type { ModelRules } from './rules.ts'
import type { ColumnSpec, ModelSpec, TableSpec } from './spec.ts'

/** Two rows in every table, with values everywhere but in foreign keys. */
export async function fillTables(
  model: ModelSpec,
  raw: RawConnection,
  rules: ModelRules,
): Promise<void> {
  const { quoteName, database } = rules.server
  for (const table of model.tables) {
    if (table.empty) continue
    const columns = filledColumns(table)
    const names = columns.map(({ name }) => quoteName(name)).join(', ')
    for (const at of [0, 1] as const) {
      const values = columns.map(({ type }) => {
        const { values: usual, valuesOn } = sampleOf(type)
        return (valuesOn?.[database] ?? usual)[at]
      })
      await raw.query(
        `INSERT INTO ${tableName(table, rules)} (${names}) VALUES (${values.join(', ')})`,
      )
    }
  }
}

/**
 * The rows of the tables that are in both models, of the columns that are in both, and computed in neither; read by the names
 * that `now` has, and told by the old ones.
 */
export async function readCommonRows(
  { before, after }: { readonly before: ModelSpec; readonly after: ModelSpec },
  now: 'before' | 'after',
  raw: RawConnection,
  rules: ModelRules,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { quoteName } = rules.server
  const found: Record<string, readonly string[]> = {}
  for (const table of before.tables) {
    const other = after.tables.find(({ name, was }) => (was ?? name) === table.name)
    const columns = filledColumns(table).flatMap((column) => {
      const same = other?.columns.find(({ name, was }) => (was ?? name) === column.name)
      if (same === undefined || same.made === 'computed') return []
      const { name } = now === 'before' ? column : same
      return [`${quoteName(name)} AS ${quoteName(column.name)}`]
    })
    if (other === undefined || columns.length === 0) continue
    const from = tableName(now === 'before' ? table : other, rules)
    const rows = await raw.query(`SELECT ${columns.join(', ')} FROM ${from} ORDER BY 1`)
    found[table.name] = rows.map((row) => JSON.stringify(row, asText))
  }
  return found
}

/** A wider number may come as a text. */
function asText(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}

function filledColumns(table: TableSpec): readonly ColumnSpec[] {
  const keys = table.foreignKeys.flatMap(({ columns }) => columns)
  return table.columns.filter(({ name, made }) => !keys.includes(name) && made === null)
}

function tableName({ schema, name }: TableSpec, { server: { quoteName } }: ModelRules): string {
  return schema === null ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`
}
