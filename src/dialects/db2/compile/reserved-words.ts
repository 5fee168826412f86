/** The words that Db2 and the SQL standard reserve (Db2 11.5, SQL reference, Reserved schema names and reserved words). */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `abs activate add after alias all allocate allow alter and any are array as asc asensitive associate asutime
  asymmetric at atomic attributes audit authorization aux auxiliary avg before begin between bigint binary blob
  boolean both bufferpool by cache call called capture cardinality cascaded case cast ccsid ceil ceiling char
  char_length character character_length check clob close cluster coalesce collate collect collection collid column
  comment commit concat condition connect connection constraint contains continue convert corr corresponding count
  count_big covar_pop covar_samp create cross cube cume_dist current current_date current_default_transform_group
  current_lc_ctype current_path current_role current_schema current_server current_time current_timestamp
  current_timezone current_transform_group_for_type current_user cursor cycle data database datapartitionname
  datapartitionnum date day days db2general db2genrl db2sql dbinfo dbpartitionname dbpartitionnum deallocate dec
  decimal declare default defaults definition delete dense_rank denserank deref describe descriptor deterministic
  diagnostics disable disallow disconnect distinct do double drop dssize dynamic each editproc element else elseif
  enable encoding encryption end end-exec ending erase escape every except exception excluding exclusive exec
  execute exists exit exp explain external extract false fenced fetch fieldproc file filter final float floor for
  foreign free from full function fusion general generated get global go goto grant graphic group grouping handler
  hash hashed_value having hint hold hour hours identity if immediate in including inclusive increment index
  indicator inherit inner inout insensitive insert int integer integrity intersect intersection interval into is
  isobid isolation iterate jar java join key label language large lateral lc_ctype leading leave left like linktype
  ln local localdate locale localtime localtimestamp locator locators lock lockmax locksize long loop lower
  maintained match materialized max maxvalue member merge method microsecond microseconds min minute minutes
  minvalue mod mode modifies module month months multiset national natural nchar nclob new new_table nextval no
  nocache nocycle nodename nodenumber nomaxvalue nominvalue none noorder normalize normalized not null nullif nulls
  numeric numparts obid octet_length of old old_table on only open optimization optimize option or order out outer
  over overlaps overlay overriding package padded pagesize parameter part partition partitioned partitioning
  partitions password path percent_rank percentile_cont percentile_disc piecesize plan position power precision
  prepare prevval primary priqty privileges procedure program psid query queryno range rank read reads real recovery
  recursive ref references referencing refresh regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
  regr_sxx regr_sxy regr_syy release rename repeat reset resignal restart restrict result result_set_locator return
  returns revoke right rollback rollup routine row row_number rownumber rows rowset rrn run savepoint schema scope
  scratchpad scroll search second seconds secqty security select sensitive sequence session session_user set signal
  similar simple smallint some source specific specifictype sql sqlexception sqlid sqlstate sqlwarning sqrt stacked
  standard start starting statement static stay stddev_pop stddev_samp stogroup stores style submultiset substring
  sum summary symmetric synonym sysfun sysibm sysproc system system_user table tablesample tablespace then time
  timestamp timezone_hour timezone_minute to trailing transaction translate translation treat trigger trim true type
  uescape undo union unique unknown unnest until update upper usage user using validproc value values var_pop
  var_samp varchar variable variant varying vcat version view volatile volumes when whenever where while
  width_bucket window with within without wlm write xmlelement year years`.split(/\s+/),
)
