import { wordType, type WordType, type WordTypeClass } from './word-type.ts'

// Network addresses, https://www.postgresql.org/docs/current/datatype-net-types.html
export const INET: WordTypeClass<string> = wordType('INET')
export const CIDR: WordTypeClass<string> = wordType('CIDR')
export const MACADDR: WordTypeClass<string> = wordType('MACADDR')
export const MACADDR8: WordTypeClass<string> = wordType('MACADDR8')

/** An amount of money, as text in the server's `lc_monetary`. */
export const MONEY: WordTypeClass<string> = wordType('MONEY')

// Object identifiers, https://www.postgresql.org/docs/current/datatype-oid.html
export const OID: WordTypeClass<number> = wordType('OID')
export const REGCLASS: WordTypeClass<string> = wordType('REGCLASS')
export const REGCONFIG: WordTypeClass<string> = wordType('REGCONFIG')
export const REGPROC: WordTypeClass<string> = wordType('REGPROC')
export const REGTYPE: WordTypeClass<string> = wordType('REGTYPE')

// Text search
export const TSVECTOR: WordTypeClass<string> = wordType('TSVECTOR')
export const TSQUERY: WordTypeClass<string> = wordType('TSQUERY')

// Geometry, https://www.postgresql.org/docs/current/datatype-geometric.html
export const POINT: WordTypeClass<unknown> = wordType('POINT')
export const LINE: WordTypeClass<string> = wordType('LINE')
export const LSEG: WordTypeClass<string> = wordType('LSEG')
export const BOX: WordTypeClass<string> = wordType('BOX')
export const PATH: WordTypeClass<string> = wordType('PATH')
export const POLYGON: WordTypeClass<string> = wordType('POLYGON')
export const CIRCLE: WordTypeClass<unknown> = wordType('CIRCLE')

/** An XML document. */
export const XML: WordTypeClass<string> = wordType('XML')

// Positions in the log and in the order of transactions
export const PG_LSN: WordTypeClass<string> = wordType('PG_LSN')
export const PG_SNAPSHOT: WordTypeClass<string> = wordType('PG_SNAPSHOT')
export const TXID_SNAPSHOT: WordTypeClass<string> = wordType('TXID_SNAPSHOT')
export const XID: WordTypeClass<number> = wordType('XID')
export const XID8: WordTypeClass<string> = wordType('XID8')

export type INET = WordType<string>
export type CIDR = WordType<string>
export type MACADDR = WordType<string>
export type MACADDR8 = WordType<string>
export type MONEY = WordType<string>
export type OID = WordType<number>
export type REGCLASS = WordType<string>
export type REGCONFIG = WordType<string>
export type REGPROC = WordType<string>
export type REGTYPE = WordType<string>
export type TSVECTOR = WordType<string>
export type TSQUERY = WordType<string>
export type POINT = WordType
export type LINE = WordType<string>
export type LSEG = WordType<string>
export type BOX = WordType<string>
export type PATH = WordType<string>
export type POLYGON = WordType<string>
export type CIRCLE = WordType
export type XML = WordType<string>
export type PG_LSN = WordType<string>
export type PG_SNAPSHOT = WordType<string>
export type TXID_SNAPSHOT = WordType<string>
export type XID = WordType<number>
export type XID8 = WordType<string>
