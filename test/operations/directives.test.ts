import { describe, expect, it } from 'vitest'
import { directiveRows, expectedFor } from './directive-rows.ts'
import { DIALECTS, scriptOf } from './op-fixture.ts'

describe.each(DIALECTS)('on %s', (dialect) => {
  it.each(directiveRows)('$title', async (row) => {
    const expected = expectedFor(row, dialect)
    if (expected instanceof RegExp)
      await expect(scriptOf(dialect, row.call)).rejects.toThrow(expected)
    else expect(await scriptOf(dialect, row.call)).toEqual(expected)
  })
})
