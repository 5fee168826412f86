/** Whether two lists have the same members, however often and in whatever order. */
export function isSameSet(first: readonly string[], second: readonly string[]): boolean {
  const members = new Set(first)
  return members.size === new Set(second).size && second.every((member) => members.has(member))
}
