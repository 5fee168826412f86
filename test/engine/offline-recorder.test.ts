import { expect, it } from 'vitest'
import { OfflineRecorder } from '../../src/engine/offline-recorder.ts'
import type { ScriptTerminators } from '../../src/engine/offline-recorder.ts'

function script(terminators: ScriptTerminators, fill: (recorder: OfflineRecorder) => void): string {
  let text = ''
  const output = {
    write(piece: string): void {
      text += piece
    },
  }
  fill(new OfflineRecorder(output, terminators))
  return text
}

it('ends each statement and leaves an empty line', () => {
  expect(
    script({ terminator: ';' }, (recorder) => {
      recorder.recordUnseparated('BEGIN')
      recorder.recordStatic('-- Running upgrade  -> a1')
      recorder.recordStatement("\nCREATE TABLE t (\n    a TEXT DEFAULT '\t'\n)\n\n")
      recorder.recordUnseparated('COMMIT')
    }),
  ).toBe(`BEGIN;

-- Running upgrade  -> a1

CREATE TABLE t (
    a TEXT DEFAULT '	'
);

COMMIT;

`)
})

it('puts a batch separator on a line of its own', () => {
  expect(
    script({ terminator: ';', batchSeparator: 'GO' }, (recorder) => {
      recorder.recordUnseparated('BEGIN TRANSACTION')
      recorder.recordStatement('DROP TABLE t')
    }),
  ).toBe('BEGIN TRANSACTION;\n\nDROP TABLE t;\n\nGO\n\n')
  expect(
    script({ terminator: '', batchSeparator: '/' }, (recorder) => {
      recorder.recordStatement('DROP TABLE t')
    }),
  ).toBe('DROP TABLE t\n\n/\n\n')
})
