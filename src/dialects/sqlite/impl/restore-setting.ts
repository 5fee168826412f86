/**
 * Gives a session back a setting that it had. What fails once is tried again: every later statement of the session depends on
 * it.
 */
export async function restoreSetting(
  execute: (sql: string) => Promise<unknown>,
  pragma: string,
): Promise<void> {
  try {
    await execute(pragma)
  } catch {
    await execute(pragma)
  }
}
