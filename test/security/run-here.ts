// The command line in this process, with all that it writes.
import { inspect } from 'node:util'
import { vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

export interface Ran {
  readonly status: number
  readonly output: string
}

/** Runs a command line in `folder`, one at a time: the working directory is the process's. */
export async function runHere(folder: string, argv: readonly string[]): Promise<Ran> {
  const before = process.cwd()
  let output = ''
  const take = (text: unknown): true => {
    output += String(text)
    return true
  }
  const told = (...words: readonly unknown[]): void => {
    output += words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' ')
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take),
    vi.spyOn(process.stderr, 'write').mockImplementation(take),
    vi.spyOn(process, 'emitWarning').mockImplementation((warning) => {
      told(warning)
    }),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(told),
    ),
  ]
  process.chdir(folder)
  try {
    const status = await main(argv)
    return { status, output }
  } finally {
    process.chdir(before)
    for (const spy of spies) spy.mockRestore()
  }
}
