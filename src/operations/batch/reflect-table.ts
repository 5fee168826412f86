import { inspect } from '../../engine/inspect.ts'
import type { ReflectedColumn } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { createComparison } from '../../impl/comparison-registry.ts'
import { CommandError } from '../../errors/command-error.ts'
import { givenSchema, nameParts } from '../../sql/elements/identifier.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { UserDefinedType } from '../../sql/types/custom.ts'
import type { TypeAffinity, TypeEngine } from '../../sql/types/type-engine.ts'
import type { OperationContext } from '../operation-context.ts'
import type { BatchSettings } from './batch-options.ts'

/** A type that is written as it was declared, whatever it stands for. */
class DeclaredType extends UserDefinedType {
  override readonly typeName: string = 'DeclaredType'
  override readonly affinity: TypeAffinity
  readonly #declared: string

  constructor(declared: string, { affinity }: TypeEngine) {
    super()
    this.affinity = affinity
    this.#declared = declared
  }

  override columnSpecification(): string {
    return this.#declared
  }

  // A private member doesn't survive the prototype's shallow copy.
  override clone(): this {
    return new DeclaredType(this.#declared, this) as this
  }
}

/**
 * Reflects the table that a batch makes anew: types as they were declared, constraints without a name with that of the
 * batch's naming convention.
 *
 * @throws CommandError in `--sql` mode, NoSuchTableError
 */
export async function reflectForBatch(
  ctx: OperationContext,
  settings: BatchSettings,
): Promise<TableClass> {
  const { connection } = ctx.migrationContext
  const { text: name } = nameParts(settings.tableName)
  if (connection === null) throw needsConnection(ctx.dialect.name, name)
  const inspector = await inspect(connection)
  const { namingConvention, reflectArgs = [], reflectOptions = {} } = settings
  const given = givenSchema(settings.schema)
  const schema = given === null ? null : nameParts(given).text
  const reflected = await inspector.reflectTable(name, schema)
  const comparison = await createComparison({ dialect: ctx.dialect, connection })
  await comparison.prepareReflected([reflected])
  const table = { name, schema }
  const onColumn = (column: ReflectedColumn): ReflectedColumn => {
    const listeners = reflectOptions.listeners ?? []
    const heard = listeners.reduce(
      (current, [, listen]) => listen(inspector, table, current) ?? current,
      column,
    )
    const { declaredType, type } = heard
    if (declaredType === undefined) return comparison.autogenColumnReflect(reflected, heard)
    // The words of the statement itself need no correction, unless a listener wants other ones.
    return type === column.type ? { ...heard, type: new DeclaredType(declaredType, type) } : heard
  }
  const metadata =
    namingConvention === undefined ? new MetaData() : new MetaData({ namingConvention })
  return tableFromReflection(reflected, metadata, { items: reflectArgs, onColumn })
}

function needsConnection(dialect: string, table: string): CommandError {
  return new CommandError(
    `This operation cannot proceed in --sql mode; batch mode with dialect ${dialect} requires a live database connection with which to reflect the table "${table}". To generate a batch SQL migration script using table "move and copy", a complete Table object should be passed to the "copyFrom" option of op.batchAlterTable() so that table reflection can be skipped.`,
  )
}
