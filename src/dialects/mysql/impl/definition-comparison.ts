import type { Connection } from '../../../engine/connection.ts'
import type {
  AskedPair,
  DefinitionServer,
  ScratchDefinition,
  ScratchTable,
} from '../../../impl/definition-answers.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { DefinitionPair } from '../../../impl/table-definitions.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { MysqlIndexOptions } from '../compile/options.ts'
import { readScratchDefinitions } from '../inspect/scratch-definitions.ts'

/** Asks MySQL and MariaDB how they write definitions: in temporary tables, one unless columns are at odds. */
export class MysqlDefinitions implements DefinitionServer<never> {
  readonly #dialect: Dialect

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  async read(
    connection: Connection,
    tables: readonly ScratchTable<never>[],
  ): Promise<readonly (readonly (string | null)[])[]> {
    return await readScratchDefinitions(connection, tables)
  }

  /** A table has 64 indexes and 1017 columns at most. */
  limitOf(kind: ScratchDefinition['kind']): number {
    if (kind === 'index') return 60
    return 500
  }

  /** Blanks, backticks, case and parentheses around the whole make no difference; strings count as they are. */
  isSameText(there: string, wanted: string): boolean {
    return there === wanted || bare(there) === bare(wanted)
  }

  /** FULLTEXT and SPATIAL indexes have no options that a plain one has, and no place in a temporary table. */
  indexPair({ inspected, metadata }: DefinitionPair<Index>): AskedPair<never> | null {
    if (inspected.table === null || metadata.table === null) return null
    if ([inspected, metadata].some((index) => this.#optionsOf(index).prefix)) return null
    const wanted = this.#optionsOf(metadata)
    const definition = (index: Index): ScratchDefinition => {
      const { length, comment, ignored, invisible } = this.#optionsOf(index)
      // A comment, or that an index is not used, may be an administrator's: the models need not say it.
      const options = {
        ...(length ? { length } : {}),
        ...(wanted.comment ? { comment } : {}),
        ...(wanted.ignored ? { ignored } : {}),
        ...(wanted.invisible ? { invisible } : {}),
      }
      return { kind: 'index', sql: this.#indexSql(index, options) }
    }
    return [definition(inspected), definition(metadata)]
  }

  #optionsOf(index: Index): MysqlIndexOptions {
    return index.dialectOptions[this.#dialect.name] ?? {}
  }

  /** What stands behind the table in CREATE INDEX. */
  #indexSql(index: Index, options: MysqlIndexOptions): string {
    const { ddl, preparer, name } = this.#dialect
    const { table } = index
    const copy = Object.assign(index.copy(), { table, dialectOptions: { [name]: options } })
    const sql = ddl.compile({ kind: 'createIndex', index: copy, ifNotExists: false })
    const target = table === null ? '' : ` ON ${preparer.formatTable(table)} `
    return sql.slice(sql.indexOf(target) + target.length)
  }
}

// With ANSI_QUOTES double quotes are around names: they are left as they are.
const TOKEN = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|[^'"]+/gs

function bare(sql: string): string {
  const text = sql.includes('\\') ? sql : withoutOuterParentheses(sql)
  return text.replaceAll(TOKEN, (token) =>
    /^['"]/.test(token) ? token : token.replaceAll(/[`\s]/g, '').toLowerCase(),
  )
}
