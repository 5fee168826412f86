/**
 * Asks groups of questions, all of them at once. `ask` gives `undefined` for a group that one of its questions spoils: such groups
 * are asked again as halves, together, down to the questions that have no answer, which get `null`.
 */
export async function askInRounds<Question, Answer>(
  groups: readonly (readonly Question[])[],
  ask: (
    groups: readonly (readonly Question[])[],
  ) => Promise<readonly (readonly Answer[] | undefined)[]>,
): Promise<readonly (readonly (Answer | null)[])[]> {
  const found = groups.map((group): (Answer | null)[] => group.map(() => null))
  let open = groups.map((group, at) => ({ group, at, first: 0 })).filter(isAsked)
  while (open.length > 0) {
    const answers = await ask(open.map(({ group }) => group))
    for (const [index, { at, first }] of open.entries()) {
      for (const [offset, answer] of (answers[index] ?? []).entries()) {
        const list = found[at]
        if (list !== undefined) list[first + offset] = answer
      }
    }
    const refused = open.filter(
      ({ group }, index) => answers[index] === undefined && group.length > 1,
    )
    open = refused.flatMap(({ group, at, first }) => {
      const middle = Math.ceil(group.length / 2)
      return [
        { group: group.slice(0, middle), at, first },
        { group: group.slice(middle), at, first: first + middle },
      ]
    })
  }
  return found
}

function isAsked({ group }: { readonly group: readonly unknown[] }): boolean {
  return group.length > 0
}
