/** The types of MySQL and MariaDB: what `sa.mysql` and `sa.mariadb` hold. */
export { BINARY, BLOB, VARBINARY } from '../../../sql/types/binary.ts'
export { BOOLEAN } from '../../../sql/types/boolean.ts'
export { DATE } from '../../../sql/types/temporal.ts'
export { UUID } from '../../../sql/types/uuid.ts'
export { BIT, LONGBLOB, MEDIUMBLOB, TINYBLOB } from './binary.ts'
export { DECIMAL, DOUBLE, FLOAT, NUMERIC, REAL } from './decimal.ts'
export { ENUM, SET } from './enumerated.ts'
export { BIGINT, INTEGER, MEDIUMINT, SMALLINT, TINYINT } from './integer.ts'
export {
  GEOMETRY,
  GEOMETRYCOLLECTION,
  INET4,
  INET6,
  JSON,
  LINESTRING,
  MULTILINESTRING,
  MULTIPOINT,
  MULTIPOLYGON,
  POINT,
  POLYGON,
  VECTOR,
} from './server-types.ts'
export { CHAR, LONGTEXT, MEDIUMTEXT, NCHAR, NVARCHAR, TEXT, TINYTEXT, VARCHAR } from './string.ts'
export { DATETIME, TIME, TIMESTAMP, YEAR } from './temporal.ts'
