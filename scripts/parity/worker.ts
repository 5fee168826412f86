import { parentPort, workerData } from 'node:worker_threads'
import { VectorFile } from './vector-file.ts'

const { filter } = workerData as { readonly filter: string }

parentPort!.on('message', (path: string) => void run(path))

async function run(path: string): Promise<void> {
  const report = await new VectorFile(path, filter).run()
  // Through JSON: what a family compares (class instances, functions) needn't be cloneable.
  parentPort!.postMessage(JSON.stringify(report, withBigInts))
}

function withBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}
