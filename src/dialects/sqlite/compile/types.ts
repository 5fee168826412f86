import { standardTypes } from '../../../sql/compile/standard-types.ts'
import type { StandardTypeVisitors } from '../../../sql/compile/type-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { DATE, DATETIME, TIME } from '../types.ts'

/** A column of a numeric affinity would keep `20240229` as a number: such formats want a name with CHAR in it. */
function temporal(word: string): (type: TypeEngine) => string {
  return (type) => {
    const own = type instanceof DATE || type instanceof TIME || type instanceof DATETIME
    return own && !type.isStoredAsText ? `${word}_CHAR` : word
  }
}

/** The standard types as SQLite spells them. It keeps the words and goes by the affinity that they stand for. */
export const sqliteTypes: StandardTypeVisitors = {
  ...standardTypes,
  Float: () => 'FLOAT',
  FLOAT: () => 'FLOAT',
  LargeBinary: () => 'BLOB',
  BLOB: () => 'BLOB',
  Enum: (type) => (type.length === 0 ? 'VARCHAR' : `VARCHAR(${type.length})`),
  Date: temporal('DATE'),
  DATE: temporal('DATE'),
  Time: temporal('TIME'),
  TIME: temporal('TIME'),
  DateTime: temporal('DATETIME'),
  DATETIME: temporal('DATETIME'),
}
