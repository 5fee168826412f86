import type { PropertyServer } from '../servers.ts'
import { INDEX_FORMS } from './index-forms.ts'
import type { IndexForm } from './spec.ts'
import { TYPES } from './types.ts'

/** What models may have on a server. */
export interface ModelRules {
  readonly server: PropertyServer
  readonly types: readonly string[]
  /** Those of the types whose values can change. */
  readonly enumerations: readonly string[]
  readonly schemas: readonly (string | null)[]
  readonly hasComments: boolean
  readonly hasIdentity: boolean
  readonly hasSequences: boolean
  /** Whether several columns may have one enumeration type. */
  readonly sharesKinds: boolean
  readonly indexForms: readonly IndexForm[]
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
  const forms = Object.keys(INDEX_FORMS) as IndexForm[]
  return {
    server,
    types,
    enumerations: types.filter((key) => TYPES[key]?.hasLabels),
    schemas: abilities.hasSchemas ? [null, null, null, OTHER_SCHEMA] : [null],
    hasComments: abilities.hasComments,
    hasIdentity: database === 'postgresql',
    hasSequences: database !== 'sqlite',
    sharesKinds: database === 'postgresql',
    indexForms: [
      'plain',
      ...forms.filter((form) => INDEX_FORMS[form].on?.includes(database) ?? true),
    ],
    namesByRule: database === 'postgresql',
    indexesForeignKeys: database === 'mariadb',
    hasAlter: abilities.hasAlter,
  }
}
