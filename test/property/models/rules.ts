import type { PropertyServer } from '../servers.ts'
import { TYPES } from './types.ts'

/** What models may have on a server. */
export interface ModelRules {
  readonly server: PropertyServer
  readonly types: readonly string[]
  readonly schemas: readonly (string | null)[]
  readonly hasComments: boolean
  readonly hasIdentity: boolean
  readonly indexForms: readonly ('plain' | 'desc' | 'where' | 'expression')[]
  /** Whether constraints without a name get one that autogenerate knows as well. */
  readonly namesByRule: boolean
  /** Whether the server makes an index for a foreign key, which stays when the key goes. */
  readonly indexesForeignKeys: boolean
  /** Whether a circle of foreign keys can be closed by ALTER TABLE. */
  readonly hasAlter: boolean
}

/** A second schema of the models where there are schemas. */
export const OTHER_SCHEMA = 'other schema'

export function rulesOf(server: PropertyServer): ModelRules {
  const { database, abilities } = server
  const types = Object.keys(TYPES).filter((key) => TYPES[key]?.on?.includes(database) ?? true)
  return {
    server,
    types,
    schemas: abilities.hasSchemas ? [null, null, null, OTHER_SCHEMA] : [null],
    hasComments: abilities.hasComments,
    hasIdentity: database === 'postgresql',
    // MariaDB has neither partial indexes nor indexes of expressions.
    indexForms:
      database === 'mariadb'
        ? ['plain', 'desc']
        : ['plain', 'plain', 'desc', 'where', 'expression'],
    namesByRule: database === 'postgresql',
    indexesForeignKeys: database === 'mariadb',
    hasAlter: abilities.hasAlter,
  }
}
