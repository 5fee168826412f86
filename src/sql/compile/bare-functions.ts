/** Functions that SQL writes without parentheses. */
export const BARE_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['current_timestamp', 'CURRENT_TIMESTAMP'],
  ['current_date', 'CURRENT_DATE'],
  ['current_time', 'CURRENT_TIME'],
  ['localtime', 'LOCALTIME'],
  ['localtimestamp', 'LOCALTIMESTAMP'],
  ['current_user', 'CURRENT_USER'],
  ['session_user', 'SESSION_USER'],
  ['user', 'USER'],
  ['sysdate', 'sysdate'],
  ['now', 'CURRENT_TIMESTAMP'],
])
