import { DropColumnOp } from '../operations/add-column.ts'
import { AlterColumnOp } from '../operations/alter-column.ts'
import { AlterEnumOp } from '../operations/alter-enum.ts'
import type { OpContainer } from '../operations/containers.ts'
import { DropTableOp } from '../operations/create-table.ts'
import type { MigrateOperation } from '../operations/migrate-operation.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { ColumnClass } from '../sql/schema/column.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import { narrowing } from './destructive-types.ts'
import { flatOperations } from './flat-operations.ts'

/** Something that destroys data, or fails on data that is there. */
export interface DestructiveChange {
  readonly kind: 'dropTable' | 'dropColumn' | 'narrowType' | 'setNotNull' | 'dropEnumValues'
  readonly schema: string | null
  /** `null` for a named type. */
  readonly table: string | null
  /** Of the column or the named type; `null` for a table. */
  readonly name: string | null
  readonly description: string
}

/** What of the operations is destructive, in their order. */
export function destructiveChanges(
  container: OpContainer,
  dialectName: string,
): DestructiveChange[] {
  return flatOperations(container).flatMap((operation) => changesOf(operation, dialectName))
}

/** Writes above each operation what it destroys. */
export function noteDestructive(container: OpContainer, dialectName: string): void {
  for (const operation of flatOperations(container)) {
    const remarks = changesOf(operation, dialectName).map(
      (one) => `destructive: ${one.description}`,
    )
    operation.comments.unshift(...remarks)
  }
}

function changesOf(
  operation: MigrateOperation<unknown>,
  dialectName: string,
): readonly DestructiveChange[] {
  if (operation instanceof DropTableOp) return [droppedTable(operation)]
  // What is computed loses nothing.
  if (operation instanceof DropColumnOp) {
    return (operation.original?.computed ?? null) === null ? [droppedColumn(operation)] : []
  }
  if (operation instanceof AlterColumnOp) return alteredColumn(operation, dialectName)
  if (operation instanceof AlterEnumOp) return droppedValues(operation)
  return []
}

function droppedTable({ tableName, schema, original }: DropTableOp): DestructiveChange {
  const columns = (original?.columns ?? []).filter((item) => item instanceof ColumnClass)
  const names = columns.map(({ name }) => name).join(', ')
  const place = label(schema, tableName)
  return {
    kind: 'dropTable',
    schema: text(schema),
    table: text(tableName),
    name: null,
    description: `drops table '${place}' and its rows${names === '' ? '' : ` (${names})`}`,
  }
}

function droppedColumn({
  tableName,
  columnName,
  schema,
  original,
}: DropColumnOp): DestructiveChange {
  const type = original === null ? '' : ` (${describeType(original.type)})`
  return {
    kind: 'dropColumn',
    schema: text(schema),
    table: text(tableName),
    name: text(columnName),
    description: `drops column '${label(schema, tableName, columnName)}'${type} and its values`,
  }
}

function alteredColumn(operation: AlterColumnOp, dialectName: string): DestructiveChange[] {
  const { tableName, columnName, schema, existingType, modifyType } = operation
  const column = `'${label(schema, tableName, columnName)}'`
  const place = { schema: text(schema), table: text(tableName), name: text(columnName) }
  const found: DestructiveChange[] = []
  if (existingType !== undefined && modifyType !== undefined) {
    const [from, to] = [existingType, modifyType].map((type) => type.forDialect(dialectName))
    const reason = from === undefined || to === undefined ? null : narrowing(from, to)
    if (reason !== null) {
      const types = `${describeType(existingType)} to ${describeType(modifyType)}`
      const description = `narrows column ${column} from ${types}: ${reason}`
      found.push({ kind: 'narrowType', ...place, description })
    }
  }
  if (operation.modifyNullable === false && operation.existingNullable !== false) {
    const description = `makes column ${column} NOT NULL: fails on rows with NULL`
    found.push({ kind: 'setNotNull', ...place, description })
  }
  return found
}

function droppedValues({
  enumName,
  schema,
  existingValues,
  values,
  replace,
}: AlterEnumOp): DestructiveChange[] {
  const gone = (existingValues ?? []).filter(
    (value) => !values.includes(value) && !Object.hasOwn(replace, value),
  )
  if (gone.length === 0) return []
  const list = gone.map((value) => `'${value}'`).join(', ')
  const description = `takes ${list} from type '${label(schema, enumName)}': fails on rows with it`
  return [
    {
      kind: 'dropEnumValues',
      schema: text(schema),
      table: null,
      name: text(enumName),
      description,
    },
  ]
}

/** `VARCHAR(20)`, `Integer`. */
function describeType(type: TypeEngine): string {
  const { positional, options } = type.typeArguments()
  const args = [...positional, ...Object.values(options)].map((value) => String(value))
  return args.length === 0 ? type.typeName : `${type.typeName}(${args.join(', ')})`
}

function label(schema: NameLike | null, ...names: readonly NameLike[]): string {
  return [schema, ...names]
    .filter((name) => name !== null)
    .map((name) => name.toString())
    .join('.')
}

function text(name: NameLike): string
function text(name: NameLike | null): string | null
function text(name: NameLike | null): string | null {
  return name === null ? null : name.toString()
}
