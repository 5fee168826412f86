/** The reserved words of Adaptive Server Enterprise (Reference Manual: Building Blocks 16.0, Reserved Words). */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `add all alter and any as asc backup begin between bigint binary bit bottom break by call capability cascade case
  cast char char_convert character check checkpoint close comment commit connect constraint contains continue
  convert create cross cube current current_timestamp current_user cursor date dbspace deallocate dec decimal
  declare default delete deleting desc distinct do double drop dynamic else elseif encrypted end endif escape except
  exception exec execute existing exists externlogin fetch first float for force foreign forward from full goto
  grant group having holdlock identified if in index index_lparen inner inout insensitive insert inserting install
  instead int integer integrated intersect into iq is isolation join key lateral left like lock login long match
  membership message mode modify natural new no noholdlock not notify null numeric of off on open option options or
  order others out outer over passthrough precision prepare primary print privileges proc procedure publication
  raiserror readtext real reference references release remote remove rename reorganize resource restore restrict
  return revoke right rollback rollup save savepoint scroll select sensitive session set setuser share smallint some
  sqlcode sqlstate start stop subtrans subtransaction synchronize syntax_error table temporary then time timestamp
  tinyint to top tran trigger truncate tsequal unbounded union unique unknown unsigned update updating user using
  validate values varbinary varchar variable varying view wait waitfor when where while window with with_cube
  with_lparen with_rollup within work writetext`.split(/\s+/),
)
