import type { Config } from '../config/config.ts'
import type { ParsedOptions } from './options.ts'

/** A command of the command line. */
export interface CommandSpec {
  readonly name: string
  readonly summary: string
  /** Positional arguments as the help shows them: `<revision>`, `<revisions...>`. */
  readonly arguments: readonly string[]
  readonly options: readonly (keyof ParsedOptions)[]
  /** Imports the command and runs it; nothing of it is loaded before. */
  run(config: Config, args: readonly string[], options: ParsedOptions): Promise<unknown>
}

const REVISION = ['<revision>']
const REVISIONS = ['<revisions...>']
const NEW_REVISION = ['message', 'branchLabel', 'revId', 'splice'] as const

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'branches',
    summary: 'show the branch points',
    arguments: [],
    options: ['verbose'],
    run: async (config, _args, options) =>
      (await import('../command/branches.ts')).branches(config, options),
  },
  {
    name: 'check',
    summary: 'fail if the models differ from the database',
    arguments: [],
    options: [],
    run: async (config) => (await import('../command/check.ts')).check(config),
  },
  {
    name: 'current',
    summary: "show the database's current revisions",
    arguments: [],
    options: ['checkHeads', 'verbose'],
    run: async (config, _args, options) =>
      (await import('../command/current.ts')).current(config, options),
  },
  {
    name: 'downgrade',
    summary: 'go back to an earlier revision',
    arguments: REVISION,
    options: ['sql', 'tag'],
    run: async (config, [revision = ''], options) =>
      (await import('../command/downgrade.ts')).downgrade(config, revision, options),
  },
  {
    name: 'edit',
    summary: 'open revision files in $EDITOR',
    arguments: REVISION,
    options: [],
    run: async (config, [revision = '']) =>
      (await import('../command/edit.ts')).edit(config, revision),
  },
  {
    name: 'ensure_version',
    summary: 'create the version table if it is not there',
    arguments: [],
    options: ['sql'],
    run: async (config, _args, options) =>
      (await import('../command/ensure-version.ts')).ensureVersion(config, options),
  },
  {
    name: 'heads',
    summary: 'show the head revisions',
    arguments: [],
    options: ['verbose', 'resolveDependencies'],
    run: async (config, _args, options) =>
      (await import('../command/heads.ts')).heads(config, options),
  },
  {
    name: 'history',
    summary: 'list the revisions, newest first',
    arguments: [],
    options: ['revRange', 'verbose', 'indicateCurrent'],
    run: async (config, _args, options) =>
      (await import('../command/history.ts')).history(config, options),
  },
  {
    name: 'init',
    summary: 'make a new migration environment',
    arguments: ['<directory>'],
    options: ['template'],
    run: async (config, [directory = ''], options) =>
      (await import('../command/init.ts')).init(config, directory, options),
  },
  {
    name: 'list_templates',
    summary: 'list the templates of init',
    arguments: [],
    options: [],
    run: async (config) => (await import('../command/list-templates.ts')).listTemplates(config),
  },
  {
    name: 'merge',
    summary: 'merge revisions into one new revision',
    arguments: REVISIONS,
    options: [...NEW_REVISION],
    run: async (config, revisions, options) =>
      (await import('../command/merge.ts')).merge(config, revisions, options),
  },
  {
    name: 'revision',
    summary: 'make a new revision file',
    arguments: [],
    options: [...NEW_REVISION, 'autogenerate', 'sql', 'head', 'versionPath', 'dependsOn'],
    run: async (config, _args, options) =>
      (await import('../command/revision.ts')).revision(config, options),
  },
  {
    name: 'show',
    summary: 'show the revisions that a symbol stands for',
    arguments: REVISION,
    options: [],
    run: async (config, [revision = '']) =>
      (await import('../command/show.ts')).show(config, revision),
  },
  {
    name: 'stamp',
    summary: 'set the version table without running migrations',
    arguments: REVISIONS,
    options: ['sql', 'tag', 'purge'],
    run: async (config, revisions, options) =>
      (await import('../command/stamp.ts')).stamp(config, revisions, options),
  },
  {
    name: 'upgrade',
    summary: 'go on to a later revision',
    arguments: REVISION,
    options: ['sql', 'tag'],
    run: async (config, [revision = ''], options) =>
      (await import('../command/upgrade.ts')).upgrade(config, revision, options),
  },
]
