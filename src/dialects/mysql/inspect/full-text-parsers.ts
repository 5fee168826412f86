import { text, type Catalog } from './catalog.ts'

/** The parser of a FULLTEXT index, by index name. */
export type ParsersByIndex = ReadonlyMap<string, string>

const FULLTEXT_KEY = /^\s*FULLTEXT KEY `((?:``|[^`])+)` \(.+?\).*?WITH PARSER `?(\w+)`?/gm

/**
 * Parsers of FULLTEXT indexes, by table. No view of information_schema has them: where the server has parser plugins
 * at all (MySQL always, MariaDB hardly ever), SHOW CREATE TABLE is asked for the tables with such an index.
 */
export async function readParsers(
  catalog: Catalog,
  schema: string | null,
  tables: readonly string[],
): Promise<ReadonlyMap<string, ParsersByIndex>> {
  const found = new Map<string, ParsersByIndex>()
  if (tables.length === 0 || !(await hasParserPlugins(catalog))) return found
  for (const table of tables) {
    const definition = await catalog.showCreate(table, schema)
    const parsers = [...definition.matchAll(FULLTEXT_KEY)].map(
      ([, index = '', parser = '']) => [index.replaceAll('``', '`'), parser] as const,
    )
    if (parsers.length > 0) found.set(table, new Map(parsers))
  }
  return found
}

async function hasParserPlugins(catalog: Catalog): Promise<boolean> {
  const rows = await catalog.query(
    "SELECT PLUGIN_NAME AS plugin_name FROM information_schema.PLUGINS WHERE PLUGIN_TYPE = 'FTPARSER' AND PLUGIN_STATUS = 'ACTIVE'",
  )
  return rows.some((row) => text(row, 'plugin_name') !== '')
}
