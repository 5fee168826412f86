import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'

export interface TemplateInfo {
  readonly name: string
  /** The first line of its README. */
  readonly description: string
}

export interface ListTemplatesResult {
  readonly templates: readonly TemplateInfo[]
}

/** Prints and returns the templates of `init`, each with the first line of its README. */
export async function listTemplates(config: Config): Promise<ListTemplatesResult> {
  const folder = config.getTemplateDirectory()
  const templates = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((name) => {
      const [synopsis = ''] = readFileSync(join(folder, name, 'README'), 'utf8').split('\n')
      return { name, description: synopsis.trimEnd() }
    })
  config.printStdout('Available templates:\n')
  for (const { name, description } of templates) config.printStdout(`${name} - ${description}`)
  config.printStdout("\nTemplates are used via the 'init' command, e.g.:")
  config.printStdout('\n  alembic init --template generic ./scripts')
  return { templates }
}
