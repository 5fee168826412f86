import { CommandError } from '../../errors/command-error.ts'
import { closest } from '../../util/closest.ts'

/** A rename that the command was given, and whether a database had what it says. */
export interface FollowedRequest {
  readonly text: string
  readonly from: string
  readonly to: string
  readonly isUsed: boolean
}

/** What became of the renames that a command was given, in all databases of a run: each must fit one of them. */
export class RenameLedger {
  readonly #requests = new Map<string, FollowedRequest>()
  readonly #surplus = new Set<string>()
  #databases = 0

  /** Takes down what one database had; `surplus` is what only it has, and not its models. */
  note(requests: readonly FollowedRequest[], surplus: readonly string[]): void {
    this.#databases += 1
    for (const name of surplus) this.#surplus.add(name)
    for (const request of requests) {
      if (this.#requests.get(request.text)?.isUsed === true) continue
      this.#requests.set(request.text, request)
    }
  }

  /** Throws CommandError where a request fits no database. */
  assertAllUsed(): void {
    const unused = [...this.#requests.values()].find(({ isUsed }) => !isUsed)
    if (unused === undefined) return
    const surplus = [...this.#surplus]
    const [best] = closest(unused.from, surplus)
    const meant =
      best !== undefined
        ? `did you mean '${best}'?`
        : surplus.length > 0
          ? `what only the database has: ${surplus.toSorted().join(', ')}`
          : 'there is nothing that only the database has'
    const where = this.#databases > 1 ? ` in any of the ${this.#databases} databases` : ''
    throw new CommandError(
      `can't rename '${unused.from}' to '${unused.to}'${where}: the database must have the one, and only the models the other; ${meant}`,
    )
  }
}
