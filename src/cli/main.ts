import { loadConfig } from '../config/load-config.ts'
import { type Invocation, parseCommandLine } from './parser.ts'
import { reportError } from './report-error.ts'

/**
 * Runs the command line in this process and returns its exit status: 0, 1 or 255 for an error, 2 for a usage error.
 *
 * @example
 * const status = await main(['-c', 'db/alembic.ini', 'upgrade', 'head'])
 */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(argv)
  if ('exitCode' in parsed) return parsed.exitCode
  try {
    await run(parsed)
    return 0
  } catch (error) {
    const { quiet = false, raiseerr = false } = parsed.global
    return reportError(error, { quiet, raiseerr })
  }
}

async function run({ command, args, options, global }: Invocation): Promise<void> {
  const { config: files = [], name, x = [], quiet = false, raiseerr = false } = global
  const config = await loadConfig({
    files,
    ...(name !== undefined && { section: name }),
    cmdOpts: { x, quiet, raiseerr, verbose: options.verbose === true },
  })
  await command.run(config, args, options)
}
