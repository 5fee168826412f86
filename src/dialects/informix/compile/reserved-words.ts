/**
 * Words that are quoted as names. The server takes nearly every word as a name (Informix 14.10, Guide to SQL: Syntax,
 * appendix "Keywords of SQL for Informix"); these are the ones that the SQL standard reserves and that it stumbles over.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `add all alter and any as asc before begin between boolean both by case cast char character check close column commit
  connect constraint create cross cursor database date decimal declare default delete desc distinct double drop else end
  exec execute exists external extract false fetch float for foreign from full function global grant group having if in
  index inner insert integer interval into is join key language leading left like limit local lock matches max min month
  natural not null numeric of on option or order outer primary privileges procedure public raw references rename revoke
  right rollback row rows schema select session set smallint some sum synonym table temp then time to trailing trigger
  true union unique units update user using values varchar view when where with work year`.split(
    /\s+/,
  ),
)
