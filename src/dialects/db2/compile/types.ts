import { CompileError } from '../../../errors/compile-error.ts'
import { binaryType, sizedType, standardTypes } from '../../../sql/compile/standard-types.ts'
import type {
  DialectTypeVisitors,
  StandardTypeVisitors,
} from '../../../sql/compile/type-compiler.ts'
import type { Numeric } from '../../../sql/types/numeric.ts'
import type { DECFLOAT } from '../types.ts'
import type { String } from '../../../sql/types/string.ts'

/** Db2's spellings of the standard types. */
export const db2Types: StandardTypeVisitors = {
  ...standardTypes,
  Integer: () => 'INT',
  Numeric: decimal,
  DECIMAL: decimal,
  String: (type, compiler) => sizedType('VARCHAR', type, compiler),
  VARCHAR: (type, compiler) => sizedType('VARCHAR', type, compiler),
  Unicode: (type, compiler) => sizedType('VARGRAPHIC', type, compiler),
  UnicodeText: () => 'LONG VARGRAPHIC',
  Text: () => 'CLOB',
  TEXT: () => 'CLOB',
  CHAR: (type) => padded('CHAR', type),
  DateTime: () => 'TIMESTAMP',
  DATETIME: () => 'TIMESTAMP',
  Interval: () => 'TIMESTAMP',
  // A large object has one million bytes unless a length is given, as in the reference.
  LargeBinary: (type) => binaryType('BLOB', type) + (type.length === undefined ? '(1M)' : ''),
  BLOB: (type) => binaryType('BLOB', type) + (type.length === undefined ? '(1M)' : ''),
  PickleType: () => 'BLOB(1M)',
  JSON: (type, { traits }) => {
    throw new CompileError(
      `Compiler for dialect ${traits.name} can't render element of type ${type.typeName}: Db2 keeps JSON in CLOB, VARCHAR or BLOB. Choose one with withVariant(…, '${traits.name}')`,
    )
  },
}

/** How Db2's own types are written. */
export const db2OwnTypes: DialectTypeVisitors = {
  DBCLOB: (type: String) => `DBCLOB(${type.length ?? '1M'})`,
  GRAPHIC: (type: String) => padded('GRAPHIC', type),
  VARGRAPHIC: (type: String, compiler) => sizedType('VARGRAPHIC', type, compiler),
  LONGVARCHAR: () => 'LONG VARCHAR',
  LONGVARGRAPHIC: () => 'LONG VARGRAPHIC',
  XML: () => 'XML',
  DECFLOAT: (type: DECFLOAT) => `DECFLOAT(${type.precision})`,
  DOUBLE: () => 'DOUBLE',
}

/** Without a precision Db2 would take 5 digits: 31, the most that there are, is what the reference writes. */
function decimal(type: Numeric): string {
  if (type.precision === undefined) return 'DECIMAL(31, 0)'
  return `DECIMAL(${type.precision}, ${type.scale ?? 0})`
}

function padded(word: string, type: String): string {
  const length = type.lengthWord ?? type.length
  return length === undefined ? word : `${word}(${length})`
}
