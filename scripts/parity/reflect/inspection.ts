import type { Connection } from '../../../src/engine/connection.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import type { Inspector } from '../../../src/engine/inspector.ts'
import type {
  ReflectedColumn,
  ReflectedDomain,
  ReflectedIndex,
  ReflectedTable,
} from '../../../src/engine/reflected.ts'
import { TextClause } from '../../../src/sql/elements/expression.ts'
import { describeType } from '../nodes/types.ts'
import { asRecorded } from './sqlite-as-recorded.ts'

type Shape = Readonly<Record<string, unknown>>

/** What a case expects of one schema; what it doesn't mention wasn't recorded. */
export interface ExpectedSchema {
  readonly tables: Shape
  readonly views?: Shape
  readonly materialized_views?: Shape
  readonly sequences?: readonly string[]
  readonly enums?: readonly Shape[]
  readonly domains?: readonly Shape[]
}

/** What a case expects in all. */
export interface ExpectedInspection extends ExpectedSchema {
  readonly temp_tables?: readonly string[]
  readonly schema_names?: readonly string[]
  readonly schemas?: Readonly<Record<string, ExpectedSchema>>
}

/** Reads what a case recorded, in the reference's own shapes. */
export async function inspectDatabase(
  connection: Connection,
  expected: ExpectedInspection,
): Promise<Shape> {
  const inspector = asRecorded(await inspect(connection), connection)
  const schemas: Record<string, Shape> = {}
  for (const [schema, ofSchema] of Object.entries(expected.schemas ?? {})) {
    schemas[schema] = await inspectSchema(connection, inspector, schema, ofSchema)
  }
  const names = expected.schema_names
  const known = new Set([...(names ?? []), ...Object.keys(schemas)])
  return {
    ...(await inspectSchema(connection, inspector, null, expected)),
    ...(expected.temp_tables && { temp_tables: await inspector.getTempTableNames() }),
    ...(names && {
      schema_names: (await inspector.getSchemaNames()).filter((name) => known.has(name)),
    }),
    ...(expected.schemas && { schemas }),
  }
}

async function inspectSchema(
  connection: Connection,
  inspector: Inspector,
  schema: string | null,
  expected: ExpectedSchema,
): Promise<Shape> {
  const tables = await inspector.reflectTables({ schema })
  const names = await inspector.getTableNames(schema)
  const shapes = names.map((name) => {
    const table = tables.get(name)
    return [name, table === undefined ? null : tableShape(table, connection)] as const
  })
  return {
    tables: Object.fromEntries(shapes),
    ...(expected.views && {
      views: await viewShapes(connection, inspector, schema, await inspector.getViewNames(schema)),
    }),
    ...(expected.materialized_views && {
      materialized_views: await viewShapes(
        connection,
        inspector,
        schema,
        await inspector.getMaterializedViewNames(schema),
      ),
    }),
    ...(expected.sequences && { sequences: await inspector.getSequenceNames(schema) }),
    ...(expected.enums && { enums: await inspector.getEnums(schema) }),
    ...(expected.domains && { domains: (await inspector.getDomains(schema)).map(domainShape) }),
  }
}

async function viewShapes(
  connection: Connection,
  inspector: Inspector,
  schema: string | null,
  names: readonly string[],
): Promise<Shape> {
  const shapes: Record<string, Shape> = {}
  for (const name of names) {
    const { columns, indexes } = tableShape(await inspector.reflectTable(name, schema), connection)
    const definition = await inspector.getViewDefinition(name, schema)
    shapes[name] = {
      definition: definition?.replace(/(?<=DEFINER=`\w+`@)`[^`]+`/, '`localhost`'),
      columns,
      indexes,
    }
  }
  return shapes
}

/** A table as `sqlalchemy.inspect()` gives it, under the names of the vectors. */
export function tableShape(table: ReflectedTable, connection: Connection): Shape {
  return {
    columns: table.columns.map((column) => columnShape(column, connection)),
    pk: snakeCase(table.primaryKey),
    fks: table.foreignKeys.map(snakeCase),
    uniques: table.uniqueConstraints.map(snakeCase),
    // The reference leaves the dialect out of the names of these options.
    checks: table.checkConstraints.map(({ dialectOptions = {}, ...check }) => ({
      ...snakeCase(check),
      dialect_options: snakeCase(Object.values(dialectOptions)[0] ?? {}),
    })),
    indexes: table.indexes.map((index) => ({
      ...snakeCase(index),
      type: indexType(index, connection.dialect.name),
    })),
    comment: table.comment,
    options: dialectOptionsShape(table.options),
  }
}

/** The type that MySQL's indexes have; here `unique` and the option `prefix` say it. */
function indexType({ unique, dialectOptions = {} }: ReflectedIndex, dialect: string): unknown {
  if (dialect !== 'mysql' && dialect !== 'mariadb') return undefined
  return unique ? 'UNIQUE' : dialectOptions[dialect]?.['prefix']
}

/** The declared type and the sequence of a SERIAL column are nothing that the reference keeps. */
function columnShape(
  { type, declaredType: _, ownedSequence: __, ...column }: ReflectedColumn,
  { dialect }: Connection,
): Shape {
  return {
    ...snakeCase(column),
    type: type.affinity === 'Null' ? null : dialect.types.compile(type),
    type_node: describeType(type),
  }
}

/** The reference names the type below a domain without its arguments. */
function domainShape({ baseType, ...domain }: ReflectedDomain): Shape {
  return { ...domain, type: baseType.replace(/\(.*/, '') }
}

/** Names of keys in the reference's form, one level deep; options get their dialect's name in front. */
function snakeCase(value: object): Shape {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, unknown] =>
      key === 'dialectOptions'
        ? ['dialect_options', dialectOptionsShape(item as ReflectedTable['options'])]
        : [snake(key), item],
    ),
  )
}

function dialectOptionsShape(options: ReflectedTable['options']): Shape {
  return Object.fromEntries(
    Object.entries(options).flatMap(([dialect, ofDialect]) =>
      Object.entries(ofDialect).map(([key, item]) => [
        `${dialect}_${snake(key)}`,
        item instanceof TextClause ? { $: 'text', sql: item.text } : item,
      ]),
    ),
  )
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
