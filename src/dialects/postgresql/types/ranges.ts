import { wordType, type WordType, type WordTypeClass } from './word-type.ts'

// Values travel as text: '[1,10)', '{[1,3),[5,8)}'. https://www.postgresql.org/docs/current/rangetypes.html
export const INT4RANGE: WordTypeClass<string> = wordType('INT4RANGE')
export const INT8RANGE: WordTypeClass<string> = wordType('INT8RANGE')
export const NUMRANGE: WordTypeClass<string> = wordType('NUMRANGE')
export const DATERANGE: WordTypeClass<string> = wordType('DATERANGE')
export const TSRANGE: WordTypeClass<string> = wordType('TSRANGE')
export const TSTZRANGE: WordTypeClass<string> = wordType('TSTZRANGE')

// Server 14 and later
export const INT4MULTIRANGE: WordTypeClass<string> = wordType('INT4MULTIRANGE')
export const INT8MULTIRANGE: WordTypeClass<string> = wordType('INT8MULTIRANGE')
export const NUMMULTIRANGE: WordTypeClass<string> = wordType('NUMMULTIRANGE')
export const DATEMULTIRANGE: WordTypeClass<string> = wordType('DATEMULTIRANGE')
export const TSMULTIRANGE: WordTypeClass<string> = wordType('TSMULTIRANGE')
export const TSTZMULTIRANGE: WordTypeClass<string> = wordType('TSTZMULTIRANGE')

export type INT4RANGE = WordType<string>
export type INT8RANGE = WordType<string>
export type NUMRANGE = WordType<string>
export type DATERANGE = WordType<string>
export type TSRANGE = WordType<string>
export type TSTZRANGE = WordType<string>
export type INT4MULTIRANGE = WordType<string>
export type INT8MULTIRANGE = WordType<string>
export type NUMMULTIRANGE = WordType<string>
export type DATEMULTIRANGE = WordType<string>
export type TSMULTIRANGE = WordType<string>
export type TSTZMULTIRANGE = WordType<string>
