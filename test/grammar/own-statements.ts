import { AlembicError } from '../../src/errors/alembic-error.ts'
import { directiveRows } from '../operations/directive-rows.ts'
import { scriptOf } from '../operations/op-fixture.ts'
import { isSeparator } from './recorded-statements.ts'

/** What each directive is tested with, and calls with options of one dialect. */
export async function ownStatements(
  dialect: string,
  ofItsOwn: readonly (() => unknown)[],
): Promise<string[]> {
  const scripts = [...(await scriptsOfDirectives(dialect))]
  for (const call of ofItsOwn) scripts.push(await scriptOf(dialect, call))
  return scripts.flat().flatMap((chunk) => (isSeparator(chunk) ? [] : [chunk.replace(/;$/, '')]))
}

/** Nothing of a directive that the dialect refuses with an error. */
async function scriptsOfDirectives(dialect: string): Promise<string[][]> {
  const scripts: string[][] = []
  for (const { call } of directiveRows) {
    try {
      scripts.push(await scriptOf(dialect, call))
    } catch (error) {
      if (!(error instanceof AlembicError)) throw error
    }
  }
  return scripts
}
