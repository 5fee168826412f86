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

/** The rows of the tables that are in both models, of the columns that are in both, and computed in neither. */
export async function readCommonRows(
  { before, after }: { readonly before: ModelSpec; readonly after: ModelSpec },
  raw: RawConnection,
  rules: ModelRules,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { quoteName } = rules.server
  const found: Record<string, readonly string[]> = {}
  for (const table of before.tables) {
    const other = after.tables.find(({ name }) => name === table.name)
    const names = other?.columns.filter(({ made }) => made === null).map(({ name }) => name) ?? []
    const columns = filledColumns(table).filter(({ name }) => names.includes(name))
    const [id] = columns
    if (other === undefined || id === undefined) continue
    const rows = await raw.query(
      `SELECT ${columns.map(({ name }) => quoteName(name)).join(', ')} FROM ${tableName(table, rules)} ORDER BY ${quoteName(id.name)}`,
    )
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
