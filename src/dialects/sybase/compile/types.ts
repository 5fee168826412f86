import { sizedType, standardTypes, stringType } from '../../../sql/compile/standard-types.ts'
import {
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
  type TypeCompiler,
} from '../../../sql/compile/type-compiler.ts'
import type { String, Unicode } from '../../../sql/types/string.ts'

/** Adaptive Server's spellings of the standard types. */
export const sybaseTypes: StandardTypeVisitors = {
  ...standardTypes,
  // The server picks between four and eight bytes; the reference leaves the choice to it.
  Float: () => 'FLOAT',
  FLOAT: () => 'FLOAT',
  Double: () => 'DOUBLE PRECISION',
  DOUBLE: () => 'DOUBLE PRECISION',
  Unicode: (type) => stringType('NVARCHAR', type),
  VARCHAR: (type, compiler) => limited('VARCHAR', type, compiler),
  NVARCHAR: (type, compiler) => limited('NVARCHAR', type, compiler),
  Enum: ({ length }) => (length === 0 ? 'VARCHAR' : `VARCHAR(${length})`),
  Boolean: () => 'BIT',
  LargeBinary: () => 'IMAGE',
  PickleType: () => 'IMAGE',
  JSON: unsupportedType,
  UUID: unsupportedType,
}

/** SQL Server's `max` is unknown here. */
function limited(word: string, type: String, compiler: TypeCompiler): string {
  return type.lengthWord === undefined ? stringType(word, type) : unsupportedType(type, compiler)
}

/** How Adaptive Server's own types are written. */
export const sybaseOwnTypes: DialectTypeVisitors = {
  UNICHAR: (type: Unicode, compiler) => sizedType('UNICHAR', type, compiler),
  UNIVARCHAR: (type: Unicode, compiler) => sizedType('UNIVARCHAR', type, compiler),
  UNITEXT: () => 'UNITEXT',
  TINYINT: () => 'TINYINT',
  IMAGE: () => 'IMAGE',
  BIT: () => 'BIT',
  MONEY: () => 'MONEY',
  SMALLMONEY: () => 'SMALLMONEY',
  UNIQUEIDENTIFIER: () => 'UNIQUEIDENTIFIER',
}
