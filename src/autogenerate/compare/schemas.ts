import type { UpgradeOps } from '../../operations/containers.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'

/** Finds the schemas to look at, and has them compared. */
async function compareSchemas(context: AutogenContext, upgradeOps: UpgradeOps): Promise<void> {
  const { inspector, comparators, dialect } = context
  let schemas: (string | null)[] = [null]
  if (context.opts.includeSchemas === true) {
    const defaultSchema = await inspector.getDefaultSchemaName()
    const others = (await inspector.getSchemaNames()).filter(
      (name) => name !== 'information_schema' && name !== defaultSchema,
    )
    schemas = [null, ...others]
  }
  const included = schemas.filter((name) => context.runNameFilters(name, 'schema', {}))
  await comparators.schema.dispatch(dialect.name, context, upgradeOps, new Set(included))
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareSchemas, 'autogenerate')
}
