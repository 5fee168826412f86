import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FileReport, VectorFile } from './vector-file.ts'

/**
 * Runs the files on `size` worker threads and yields each report as soon as it is there. A file that brings its thread down
 * has failed as a whole; the next one gets a new thread.
 */
export async function* runFiles(
  files: readonly VectorFile[],
  size: number,
  filter: string,
): AsyncGenerator<FileReport> {
  const waiting = [...files]
  const lanes = new Set<string>()
  const idle: Worker[] = []
  const running = new Set<Promise<void>>()
  const done: FileReport[] = []

  const start = (file: VectorFile): void => {
    lanes.add(file.lane)
    const worker =
      idle.pop() ?? new Worker(new URL('./worker.js', import.meta.url), { workerData: { filter } })
    const task = runInWorker(worker, file.path)
      .then(
        (report) => {
          idle.push(worker)
          return report
        },
        (error: unknown) => file.failed(`the worker thread ended: ${String(error)}`),
      )
      .then((report) => {
        done.push(report)
        lanes.delete(file.lane)
        running.delete(task)
      })
    running.add(task)
  }

  while (waiting.length > 0 || running.size > 0) {
    while (running.size < size) {
      const next = waiting.findIndex(({ lane }) => !lanes.has(lane))
      if (next < 0) break
      start(waiting.splice(next, 1)[0]!)
    }
    await Promise.race(running)
    yield* done.splice(0)
  }
  await Promise.all(idle.map((worker) => worker.terminate()))
}

async function runInWorker(worker: Worker, path: string): Promise<FileReport> {
  const listening = new AbortController()
  const { signal } = listening
  worker.postMessage(path)
  try {
    // `once` rejects on an 'error' event of the worker: an exception or an unhandled rejection in it.
    const [answer] = (await Promise.race([
      once(worker, 'message', { signal }),
      once(worker, 'exit', { signal }),
    ])) as [unknown]
    if (typeof answer === 'string') return JSON.parse(answer) as FileReport
    throw new TypeError(`exit status ${String(answer)}`)
  } finally {
    listening.abort()
  }
}
