import { adoptConnection } from './adopt-connection.ts'
import type { Inspector } from './inspector.ts'
import { loadDialect } from './registry.ts'

/**
 * Makes an inspector of a connection: one of `engine.connect()`, or a client of a supported package.
 *
 * @example
 * const inspector = await sa.inspect(connection)
 * await inspector.getTableNames()
 */
export async function inspect(connection: unknown): Promise<Inspector> {
  const adopted = await adoptConnection(connection)
  const engine = await loadDialect(adopted.dialect.name)
  return engine.createInspector(adopted)
}
