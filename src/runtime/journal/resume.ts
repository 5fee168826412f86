import type { Connection } from '../../engine/connection.ts'
import { ResumeError, UnfinishedMigrationError } from '../../errors/journal-error.ts'
import type { JournalSupport } from '../../impl/journal-support.ts'
import type { JournalEntry, JournalTable } from './journal-table.ts'
import { inOneLine } from './statement-text.ts'

/** What to do with a revision that an earlier run left unfinished. */
export type ResumeMode =
  /** Go on after the last statement that was carried out; fail where that can't be told of the last one. */
  | 'continue'
  /** As `continue`; where it can't be told, the last statement counts as carried out. */
  | 'after'
  /** As `continue`; where it can't be told, the last statement is run again. */
  | 'again'
  /** Begin the revision anew. Refused once one of its statements was carried out. */
  | 'restart'

/** Whether the last statement that was announced was carried out. */
type LastStatement = 'done' | 'not done' | 'unclear'

/** What an earlier run left behind, as the database shows it. */
export interface Unfinished {
  readonly revision: string
  readonly direction: string
  /** Statements that were carried out for certain. */
  readonly done: readonly JournalEntry[]
  /** The one that was under way, if there was one, and what became of it. */
  readonly last: { readonly entry: JournalEntry; readonly outcome: LastStatement } | null
}

/** What an earlier run left behind, by its entries; `null` where it left nothing. */
export async function readUnfinished(
  all: readonly JournalEntry[],
  connection: Connection,
  support: JournalSupport,
): Promise<Unfinished | null> {
  const entries = all.filter(({ state }) => state !== 'stale')
  const last = entries.at(-1)
  if (last === undefined) return null
  const { revision, direction } = last
  // Whoever came after a statement saw it end.
  const done = entries.map((entry) =>
    entry.state === 'begun' ? { ...entry, state: 'done' as const } : entry,
  )
  if (last.state !== 'begun') return { revision, direction, done, last: null }
  await support.clearRemains(connection, last.excerpt)
  const now = await support.fingerprint(connection, last.excerpt)
  return {
    revision,
    direction,
    done: done.slice(0, -1),
    last: { entry: last, outcome: outcomeOf(last.fingerprint, now) },
  }
}

function outcomeOf(before: string | null, now: string | null): LastStatement {
  if (before === null || now === null) return 'unclear'
  return before === now ? 'not done' : 'done'
}

/**
 * The statements to pass over when the revision runs again. What does not count as carried out leaves the journal.
 *
 * @throws ResumeError where the way that was asked for would do damage, or can't be decided
 */
export async function resolveUnfinished(
  { done, last, ...what }: Unfinished,
  mode: ResumeMode,
  table: JournalTable,
): Promise<readonly JournalEntry[]> {
  const outcome = last === null ? 'not done' : resolvedOutcome(last, mode, what)
  const carriedOut =
    last !== null && outcome === 'done'
      ? [...done, { ...last.entry, state: 'done' as const }]
      : done
  if (mode === 'restart' && carriedOut.length > 0) {
    throw new ResumeError(
      `Revision ${what.revision} can't begin anew: ${countedStatements(carriedOut.length)} of its ${what.direction} ${wasOrWere(carriedOut.length)} carried out, and would be run a second time. Go on with ${resumeCommand(what.direction, what.revision)}, or undo them by hand, then --resume=restart`,
    )
  }
  if (last !== null) {
    if (outcome === 'done') await table.markDone(last.entry.position)
    else await table.remove(last.entry.position)
  }
  return carriedOut
}

function resolvedOutcome(
  { entry, outcome }: NonNullable<Unfinished['last']>,
  mode: ResumeMode,
  { revision, direction }: Pick<Unfinished, 'revision' | 'direction'>,
): LastStatement {
  if (outcome !== 'unclear') return outcome
  if (mode === 'after') return 'done'
  if (mode === 'again') return 'not done'
  throw new ResumeError(
    `It can't be told whether the last statement of the ${direction} of revision ${revision} was carried out: ${inOneLine(entry.excerpt)}. Look at the database, then ${resumeCommand(direction, revision)}=after if it was, --resume=again if it was not`,
  )
}

/** What the next run says when it was not asked to resume; `url` says in which database. */
export function unfinishedError(unfinished: Unfinished, url: string): Error {
  return new UnfinishedMigrationError(
    `An earlier run left ${standing(unfinished, url)} Nothing was changed now: ${wayOut(unfinished)}`,
  )
}

/** What a run says that comes to its end in the middle of a revision. */
export function cutShortNotice(unfinished: Unfinished, url: string): string {
  return `This run left ${standing(unfinished, url)} Mend the cause, then ${wayOut(unfinished)}`
}

/** What a run says that changes nothing, and only reads the entries. */
export function journalNotice(latest: JournalEntry, url: string): string {
  const { direction, revision, excerpt } = latest
  return `The ${direction} of revision ${revision} is not complete${inDatabase(url)}, the latest statement being: ${inOneLine(excerpt)}. Unless a run is under way (see alembic lock status), ${wayOut(latest)}`
}

function wayOut({ direction, revision }: Pick<Unfinished, 'direction' | 'revision'>): string {
  return `go on with ${resumeCommand(direction, revision)}; or mend the database by hand and say with alembic stamp where it is`
}

/** The command with which the revision, and nothing after it, is gone on with. */
export function resumeCommand(direction: string, revision: string): string {
  return direction === 'downgrade'
    ? `alembic downgrade ${revision}-1 --resume`
    : `alembic upgrade ${revision} --resume`
}

/** A connection that was handed over has no more than the name of its dialect. */
function inDatabase(url: string): string {
  return url.endsWith('://') ? '' : ` in ${url}`
}

function standing({ revision, direction, done, last }: Unfinished, url: string): string {
  const fates: Readonly<Record<LastStatement, string>> = {
    done: 'It was carried out.',
    'not done': 'It was not carried out.',
    unclear: "Whether it was carried out can't be told.",
  }
  const stopped =
    last === null ? '' : ` Then came: ${inOneLine(last.entry.excerpt)}. ${fates[last.outcome]}`
  const latest = done.at(-1)
  const reached = latest === undefined ? '' : `, the latest: ${inOneLine(latest.excerpt)}.`
  return `the ${direction} of revision ${revision} unfinished${inDatabase(url)}: ${countedStatements(done.length)} ${wasOrWere(done.length)} carried out${reached === '' ? '.' : reached}${stopped}`
}

/** What is said of a revision whose remains the database was moved away from. */
export function staleError({ revision, direction, excerpt }: JournalEntry): Error {
  return new UnfinishedMigrationError(
    `The ${direction} of revision ${revision} was left unfinished, the latest statement being: ${inOneLine(excerpt)}. Other revisions have run since, so that it can't be gone on with. Take away by hand what is left of it, then run ${resumeCommand(direction, revision)}=restart`,
  )
}

export function countedStatements(statements: number): string {
  return statements === 1 ? '1 statement' : `${statements} statements`
}

function wasOrWere(statements: number): string {
  return statements === 1 ? 'was' : 'were'
}
