import { CommandLine } from './command-line.ts'

/**
 * Runs the command line in this process and returns its exit status: 0, 1 or 255 for an error, 2 for a usage error.
 *
 * @example
 * const status = await main(['-c', 'db/alembic.ini', 'upgrade', 'head'])
 */
export async function main(argv: readonly string[]): Promise<number> {
  return await new CommandLine().main(argv)
}
