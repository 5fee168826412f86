// Which of several rows of the version table is deleted or inserted, and which one is updated, hangs on hash order in the
// reference; any choice that leads to the same rows is right.

const STEP = /(?=^-- Running )/m
const STATEMENT = new RegExp(
  [
    `INSERT INTO \\S+ \\(version_num\\) VALUES \\('(?<inserted>[^']*)'\\)`,
    `UPDATE \\S+ SET version_num='(?<to>[^']*)' WHERE \\S+ = '(?<from>[^']*)'`,
    `DELETE FROM \\S+ WHERE \\S+\\.version_num = '(?<deleted>[^']*)'`,
  ]
    .map((statement) => `^${statement};?\\n\\n?`)
    .join('|'),
  'gm',
)

/** Replaces the statements on the version table in each step of a script by what they come to. */
export function foldVersionRows(script: string): string {
  return script.split(STEP).map(foldStep).join('')
}

function foldStep(step: string): string {
  const found = [...step.matchAll(STATEMENT)].map(({ groups }) => groups ?? {})
  if (found.length < 2) return step
  const rows = (...names: readonly string[]): string =>
    found
      .flatMap((groups) => names.flatMap((name) => groups[name] ?? []))
      .toSorted()
      .join(' ')
  const added = rows('inserted', 'to')
  const removed = rows('deleted', 'from')
  return `${step.replaceAll(STATEMENT, '')}version rows: ${found.length} statements, added ${added}, removed ${removed}\n`
}
