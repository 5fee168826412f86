import type { Connection } from '../../../engine/connection.ts'

export { groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'

/** Whether the server is of `major` or later; a server that was not asked counts as the oldest that is supported, 10. */
export function isMajorAtLeast(connection: Connection, major: number): boolean {
  return (connection.dialect.traits.serverVersion?.[0] ?? 10) >= major
}

/** `fillfactor=70` and the like as an object. */
export function readParameters(options: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    options.map((option) => {
      const at = option.indexOf('=')
      return [option.slice(0, at), option.slice(at + 1)]
    }),
  )
}
