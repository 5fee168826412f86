import { renderExcludeElements, renderExcludeOptions } from '../../render/exclude-constraint.ts'
import type { DialectRendering } from '../../render/render-context.ts'
import { renderNativeType } from '../../render/native-type.ts'
import { callWithOptions } from '../../render/source.ts'
import { ExcludeConstraint } from '../../sql/schema/exclude-constraint.ts'
import { finalName } from '../../sql/schema/naming.ts'

/** What migrations for PostgreSQL say in their own way. */
export const rendering: DialectRendering = {
  dropIndexOptions: ['concurrently'],

  renderType: (type, scope) => renderNativeType(type, scope, 'postgresql'),

  renderConstraint(constraint, scope) {
    if (!(constraint instanceof ExcludeConstraint)) return null
    const name = finalName(constraint)
    return callWithOptions(
      scope.sa('postgresql.ExcludeConstraint'),
      renderExcludeElements(constraint, scope),
      {
        name: name === null ? undefined : scope.name(name),
        ...renderExcludeOptions(constraint, scope),
      },
    )
  },
}
