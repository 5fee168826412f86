import { nativeSql } from '../sql/types/native-type.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import { stringLiteral } from './literal.ts'
import type { RenderScope } from './render-context.ts'
import { call, type Source } from './source.ts'

/**
 * A type that stands for one without a class here, as what it is in the database: a column that comes back is to have that.
 * `null` for all others.
 */
export function renderNativeType(
  type: TypeEngine,
  scope: RenderScope,
  dialectName: string,
): Source | null {
  const sql = nativeSql(type)
  return sql === null ? null : call(scope.sa(`${dialectName}.NativeType`), stringLiteral(sql))
}
