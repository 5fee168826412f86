import * as checkConstraints from './compare/check-constraints.ts'
import * as columnChecks from './compare/column-checks.ts'
import { setupAutoincrement, setupNullable } from './compare/columns.ts'
import * as computedColumns from './compare/computed-columns.ts'
import * as comments from './compare/comments.ts'
import * as defaults from './compare/defaults.ts'
import * as enums from './compare/enums.ts'
import * as foreignKeys from './compare/foreign-keys.ts'
import * as indexes from './compare/indexes.ts'
import * as primaryKeys from './compare/primary-keys.ts'
import * as schemas from './compare/schemas.ts'
import * as sequences from './compare/sequences.ts'
import * as tables from './compare/tables.ts'
import * as types from './compare/types.ts'
import { Plugin } from './plugin.ts'

let isSetUp = false

/** Makes the comparisons of this package known, in the order in which they run; harmless when repeated. */
export function setupBuiltInPlugins(): void {
  if (isSetUp) return
  isSetUp = true
  const plugin = (name: string, ...parts: readonly ((plugin: Plugin) => void)[]): void => {
    const made = new Plugin(`alembic.autogenerate.${name}`)
    for (const part of parts) part(made)
  }
  plugin('schemas', schemas.setup)
  plugin('tables', tables.setup)
  plugin('types', types.setup, enums.setup)
  plugin('constraints', primaryKeys.setup, indexes.setup, foreignKeys.setup, setupNullable)
  plugin('defaults', defaults.setup, setupAutoincrement, sequences.setup, computedColumns.setup)
  plugin('comments', comments.setup)
  plugin('checkconstraint_byname', checkConstraints.setup, columnChecks.setup)
}
