import type { DialectRendering } from '../../render/render-context.ts'
import { renderNativeType } from '../../render/native-type.ts'

/** What migrations for SQLite say in their own way. */
export const rendering: DialectRendering = {
  renderType: (type, scope) => renderNativeType(type, scope, 'sqlite'),
}
