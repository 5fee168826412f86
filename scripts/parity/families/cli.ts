import { basename } from 'node:path'
import { runTranscript } from '../cli/run-transcript.ts'
import type { Transcript } from '../cli/transcript.ts'
import type { CaseResult, ParityFamily } from '../family.ts'

const CONCURRENCY = 2

/** Transcripts of the command line: each command is a process of its own in a folder of its own. */
export const cli: ParityFamily = {
  name: 'cli',

  matches: (firstCase) => 'files' in firstCase && 'steps' in firstCase,

  async *run(cases, file): AsyncGenerator<CaseResult> {
    // The file's name says which server `<URL>` stands for.
    const server = basename(file, '.json')
    const waiting = [...(cases as readonly unknown[] as readonly Transcript[])]
    const running = new Map<string, Promise<CaseResult>>()
    const start = (): void => {
      const transcript = waiting.shift()
      if (transcript !== undefined) running.set(transcript.id, attempt(transcript, server))
    }
    for (let lane = 0; lane < CONCURRENCY; lane++) start()
    while (running.size > 0) {
      const result = await Promise.race(running.values())
      running.delete(result.id)
      start()
      yield result
    }
  },
}

async function attempt(transcript: Transcript, server: string): Promise<CaseResult> {
  try {
    return await runTranscript(transcript, server)
  } catch (error) {
    return { id: transcript.id, passed: false, message: (error as Error).stack ?? String(error) }
  }
}
