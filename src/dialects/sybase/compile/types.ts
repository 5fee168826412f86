import { sizedType, standardTypes, stringType } from '../../../sql/compile/standard-types.ts'
import {
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { Unicode } from '../../../sql/types/string.ts'

/** Adaptive Server's spellings of the standard types. */
export const sybaseTypes: StandardTypeVisitors = {
  ...standardTypes,
  // The server picks between four and eight bytes; the reference leaves the choice to it.
  Float: () => 'FLOAT',
  FLOAT: () => 'FLOAT',
  Double: () => 'DOUBLE PRECISION',
  DOUBLE: () => 'DOUBLE PRECISION',
  Unicode: (type) => stringType('NVARCHAR', type),
  Boolean: () => 'BIT',
  LargeBinary: () => 'IMAGE',
  PickleType: () => 'IMAGE',
  JSON: unsupportedType,
  UUID: unsupportedType,
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
