import { CommandError } from '../../errors/command-error.ts'
import { RevisionNameError } from '../../errors/script-error.ts'
import type { NewRevisionPlan } from '../new-revision.ts'
import { idList } from '../revision.ts'

/** What begins the further lines of a message: too far to the right for what they say to be read as header. */
export const SQL_CONTINUATION = '\n--    '

// Of an environment with several databases, `engine1_upgrades` and so on.
const BODY = /(?:up|down)grades$/

/**
 * Makes sure that a new revision can be written as plain SQL.
 *
 * @throws CommandError where it has operations, or names that would be read as something else.
 */
export function assertFitsSql(
  plan: NewRevisionPlan,
  revision: string,
  templateArgs: Readonly<Record<string, unknown>> = {},
): void {
  if (Object.entries(templateArgs).some(([name, value]) => BODY.test(name) && hasCode(value)))
    throw new CommandError(
      'Operations can not be written into a revision in plain SQL; make it in TypeScript (--kind ts)',
    )
  const { downRevision, branchLabels, dependsOn } = plan
  for (const name of [revision, ...[downRevision, branchLabels, dependsOn].flatMap(idList)])
    if (name.includes(',') || /^none$/i.test(name))
      throw new RevisionNameError(
        `The name '${name}' would mean something else in a revision in plain SQL; choose another`,
      )
}

/** Whether there is more than the comments that stand around operations. */
function hasCode(body: unknown): boolean {
  return typeof body === 'string' && body.replaceAll(/^\s*\/\/.*$/gm, '').trim() !== ''
}
