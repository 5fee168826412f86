import { expect, it } from 'vitest'
import { Writable } from 'node:stream'
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

it('waits for a slow reader, and not for one that has gone', async () => {
  let takeOn: (() => void) | undefined
  const slow = new Writable({
    highWaterMark: 10,
    write: (_text, _encoding, taken) => (takeOn = taken),
  })
  const recorder = new OfflineRecorder(slow, { terminator: ';' })
  expect(recorder.drained()).toBeUndefined()
  recorder.recordStatement('DROP TABLE something')
  const drained = recorder.drained()
  expect(drained).toBeInstanceOf(Promise)
  takeOn?.()
  await drained
  expect(recorder.drained()).toBeUndefined()

  recorder.recordStatement('DROP TABLE something')
  const closed = recorder.drained()
  slow.destroy()
  await closed
  expect(slow.listenerCount('drain') + slow.listenerCount('close')).toBe(0)
})
