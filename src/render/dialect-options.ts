import type { DialectOptions } from '../sql/schema/dialect-options.ts'
import { object, type Source } from './source.ts'
import { renderOptional } from './type.ts'
import type { RenderScope } from './render-context.ts'

/** Options of single databases, nested under their names: `postgresql: { using: 'gin' }`. */
export function renderDialectOptions(
  options: DialectOptions,
  scope: RenderScope,
): Record<string, Source> {
  const rendered: Record<string, Source> = {}
  for (const [dialect, own] of Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const given = object(
      Object.fromEntries(
        Object.entries(own ?? {}).map(([key, value]) => [key, renderOptional(value, scope)]),
      ),
    )
    if (given.entries.length > 0) rendered[dialect] = given
  }
  return rendered
}
