/** The words that Firebird keeps to itself: https://firebirdsql.org/file/documentation/html/en/refdocs/fblangref30/fblangref30-appx03-reskeywords.html */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `active add admin after all alter and any as asc ascending at auto avg before begin between bigint bit_length blob
  both by case cast char char_length character character_length check close collate column commit committed computed
  conditional connect constraint containing count create cross cstring current current_connection current_date
  current_role current_time current_timestamp current_transaction current_user cursor database date day dec decimal
  declare default delete desc descending disconnect distinct do domain double drop else end entry_point escape
  exception execute exists exit external extract fetch file filter float for foreign from full function gdscode
  gen_id generator global grant group having hour if in inactive index inner input_type insensitive insert int
  integer into is isolation join key leading left length level like long lower manual max maximum_segment merge min
  minute module_name month names national natural nchar no not null numeric octet_length of on only open option or
  order outer output_type overflow page page_size pages parameter password plan position post_event precision
  primary privileges procedure protected rdb$db_key read real record_version recreate recursive references release
  reserv reserving retain returning_values returns revoke right rollback row_count rows savepoint schema second
  segment select sensitive set shadow shared singular size smallint snapshot some sort sqlcode stability start
  starting starts statistics sub_type sum suspend table then time timestamp to trailing transaction trigger trim
  uncommitted union unique update upper user using value values varchar variable varying view wait when where while
  with work write year`.split(/\s+/),
)
