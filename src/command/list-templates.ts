import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'

/** Prints the templates of `init`, each with the first line of its README. */
export async function listTemplates(config: Config): Promise<void> {
  const folder = config.getTemplateDirectory()
  config.printStdout('Available templates:\n')
  for (const name of readdirSync(folder).toSorted()) {
    const [synopsis = ''] = readFileSync(join(folder, name, 'README'), 'utf8').split('\n')
    config.printStdout(`${name} - ${synopsis.trimEnd()}`)
  }
  config.printStdout("\nTemplates are used via the 'init' command, e.g.:")
  config.printStdout('\n  alembic init --template generic ./scripts')
}
