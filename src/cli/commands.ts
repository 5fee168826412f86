import type { LockStatusResult } from '../command/lock.ts'
import type { StatusResult } from '../command/status.ts'
import { CommandError } from '../errors/command-error.ts'
import type { Script } from '../script/script.ts'
import type { CommandSpec } from './command-spec.ts'
import type { Revised } from './revise.ts'

const REVISION = ['<revision>']
const REVISIONS = ['<revisions...>']
const NEW_REVISION = ['message', 'branchLabel', 'revId', 'splice'] as const
const LOCK = ['lock', 'lockTimeout'] as const
const EVERYWHERE = ['head', 'heads', 'base', 'current']

/** Revisions are objects with methods; as a document they are what is known of them. */
async function createdDocument(result: unknown): Promise<unknown> {
  const { createdRevisions } = await import('../command/revision-info.ts')
  return createdRevisions(result as Script | readonly Script[])
}

/** Seconds are what people type; programs count in milliseconds. */
function inMilliseconds<O extends { readonly lockTimeout?: number }>(options: O): O {
  const { lockTimeout } = options
  return lockTimeout === undefined ? options : { ...options, lockTimeout: lockTimeout * 1000 }
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'branches',
    summary: 'show the branch points',
    arguments: [],
    options: ['verbose', 'json'],
    examples: [['branches -v', 'with the messages of the branches']],
    run: async (config, _args, options) =>
      (await import('../command/branches.ts')).branches(config, options),
  },
  {
    name: 'check',
    summary: 'fail if the models differ from the database',
    arguments: [],
    options: ['verify', 'json'],
    examples: [
      ['check', 'in CI: exit status 255 where a revision is missing'],
      ['check --json', 'the differences as data'],
    ],
    run: async (config, _args, options) =>
      (await import('../command/check.ts')).check(config, options),
  },
  {
    name: 'completion',
    summary: "print a shell's script for the completion of commands, options and revisions",
    arguments: ['<shell>'],
    options: [],
    examples: [
      ['completion bash >> ~/.bashrc', 'bash'],
      ['completion zsh > ~/.zfunc/_alembic', "zsh, with 'fpath+=~/.zfunc' before compinit"],
      ['completion fish > ~/.config/fish/completions/alembic.fish', 'fish'],
    ],
    values: ['bash', 'zsh', 'fish'],
    needsConfig: false,
    run: async (config, [shell = '']) =>
      (await import('./completion-script.ts')).printCompletionScript(config, shell),
  },
  {
    name: 'current',
    summary: "show the database's current revisions",
    arguments: [],
    options: ['checkHeads', 'verbose', 'json'],
    examples: [
      ['current -v', "with the database's URL"],
      ['current --check-heads', 'exit status 255 unless at all heads'],
    ],
    run: async (config, _args, options) =>
      (await import('../command/current.ts')).current(config, options),
  },
  {
    name: 'downgrade',
    summary: 'go back to an earlier revision',
    arguments: REVISION,
    options: ['sql', 'tag', 'resume', ...LOCK, 'json'],
    examples: [
      ['downgrade -1', 'undo the latest revision'],
      ['downgrade ae10', 'back to a revision, named by the beginning of its id'],
      ['downgrade billing@base', 'undo one branch'],
      ['downgrade ae10:base --sql', 'write the SQL of that way'],
    ],
    symbols: ['base', '-1'],
    reportsProgress: true,
    run: async (config, [revision = ''], options) =>
      (await import('../command/downgrade.ts')).downgrade(
        config,
        revision,
        inMilliseconds(options),
      ),
  },
  {
    name: 'edit',
    summary: 'open revision files in $EDITOR',
    arguments: REVISION,
    options: ['json'],
    examples: [
      ['edit head', "open the latest revision's file"],
      ['edit current', "open that of the database's revision"],
    ],
    symbols: EVERYWHERE,
    run: async (config, [revision = '']) =>
      (await import('../command/edit.ts')).edit(config, revision),
  },
  {
    name: 'ensure_version',
    summary: 'create the version table if it is not there',
    arguments: [],
    options: ['sql', 'json'],
    examples: [['ensure_version --sql', 'write the CREATE TABLE']],
    run: async (config, _args, options) =>
      (await import('../command/ensure-version.ts')).ensureVersion(config, options),
  },
  {
    name: 'heads',
    summary: 'show the head revisions',
    arguments: [],
    options: ['verbose', 'resolveDependencies', 'json'],
    examples: [
      ['heads', 'more than one line: time to merge'],
      ['heads --json', 'the same as data'],
    ],
    run: async (config, _args, options) =>
      (await import('../command/heads.ts')).heads(config, options),
  },
  {
    name: 'history',
    summary: 'list the revisions, newest first',
    arguments: [],
    options: ['revRange', 'verbose', 'indicateCurrent', 'json'],
    examples: [
      ['history -r base:ae10', 'up to a revision'],
      [
        'history --rev-range=-3:current',
        "the latest three that are applied; a value with a hyphen in front takes '='",
      ],
      ['history -i', "with the database's revisions marked"],
    ],
    run: async (config, _args, options) =>
      (await import('../command/history.ts')).history(config, options),
  },
  {
    name: 'init',
    summary: 'make a new migration environment',
    arguments: ['<directory>'],
    options: ['template', 'package', 'json'],
    examples: [
      ['init alembic', 'alembic.ini, and env.ts in the folder alembic'],
      ['init -t config migrations', 'one alembic.config.ts and no env file'],
      ['init -t multidb alembic', 'several databases'],
    ],
    run: async (config, [directory = ''], options) =>
      (await import('../command/init.ts')).init(config, directory, options),
  },
  {
    name: 'list_templates',
    summary: 'list the templates of init',
    arguments: [],
    options: ['json'],
    examples: [['list_templates', 'for init -t']],
    run: async (config) => (await import('../command/list-templates.ts')).listTemplates(config),
  },
  {
    name: 'lock',
    summary: 'say who holds the lock of the version table: exit status 0 nobody, 1 a run, 2 failed',
    arguments: ['<action>'],
    options: ['json'],
    examples: [
      ['lock status', 'whether a run is under way'],
      ['lock status --json', 'the same as data'],
    ],
    values: ['status'],
    exitStatus: (result) => ((result as LockStatusResult).isHeld ? 1 : 0),
    failureStatus: 2,
    run: async (config, [action = '']) => {
      if (action === 'status') return (await import('../command/lock.ts')).lockStatus(config)
      throw new CommandError(`There is no 'lock ${action}'; did you mean 'lock status'?`)
    },
  },
  {
    name: 'merge',
    summary: 'merge revisions into one new revision',
    arguments: REVISIONS,
    options: [...NEW_REVISION, 'json'],
    examples: [['merge heads -m "join billing and users"', 'one head again']],
    symbols: ['heads'],
    toDocument: createdDocument,
    run: async (config, revisions, options) =>
      (await import('../command/merge.ts')).merge(config, revisions, options),
  },
  {
    name: 'revision',
    summary: 'make a new revision file',
    arguments: [],
    options: [
      ...NEW_REVISION,
      'autogenerate',
      'rename',
      'renames',
      'forbidDestructive',
      'verify',
      'sql',
      'head',
      'versionPath',
      'dependsOn',
      'kind',
      'json',
    ],
    examples: [
      ['revision -m "add users"', 'an empty revision to fill in'],
      ['revision --autogenerate -m "add users"', 'filled in from the models'],
      [
        'revision --autogenerate --rename users.name=full_name -m "full name"',
        'a column that goes on under another name',
      ],
      ['revision -m "billing" --head base --branch-label billing', 'a branch of its own'],
      ['revision -m "more" --head billing@head', 'a revision on a branch'],
    ],
    toDocument: async (result) => (await import('./revise.ts')).revisedDocument(result as Revised),
    run: async (config, _args, options) => (await import('./revise.ts')).revise(config, options),
  },
  {
    name: 'show',
    summary: 'show the revisions that a symbol stands for',
    arguments: REVISION,
    options: ['json'],
    examples: [
      ['show head', 'the latest revision'],
      ['show ae10', 'a revision, named by the beginning of its id'],
    ],
    symbols: EVERYWHERE,
    run: async (config, [revision = '']) =>
      (await import('../command/show.ts')).show(config, revision),
  },
  {
    name: 'stamp',
    summary: 'set the version table without running migrations',
    arguments: REVISIONS,
    options: ['sql', 'tag', 'purge', ...LOCK, 'json'],
    examples: [
      ['stamp head', 'the database has everything already'],
      ['stamp --purge ae10', 'whatever the version table holds'],
    ],
    symbols: ['head', 'heads', 'base'],
    reportsProgress: true,
    run: async (config, revisions, options) =>
      (await import('../command/stamp.ts')).stamp(config, revisions, inMilliseconds(options)),
  },
  {
    name: 'status',
    summary: 'say how far the database is behind: exit status 0 up to date, 1 pending, 2 failed',
    arguments: [],
    options: ['check', 'json'],
    examples: [
      ['status', 'what is applied and what is pending'],
      ['status --check', 'also whether the models are as the database'],
      ['status --json', 'the same as data'],
    ],
    exitStatus: (result) => ((result as StatusResult).isUpToDate ? 0 : 1),
    failureStatus: 2,
    run: async (config, _args, options) =>
      (await import('../command/status.ts')).status(config, options),
  },
  {
    name: 'upgrade',
    summary: 'go on to a later revision',
    arguments: REVISION,
    options: ['sql', 'idempotent', 'tag', 'resume', ...LOCK, 'json'],
    examples: [
      ['upgrade head', 'run everything that is pending'],
      ['upgrade +1', 'the next one only'],
      ['upgrade billing@head', 'one branch'],
      ['upgrade ae10:head --sql', 'write the SQL of that way'],
      ['upgrade head --sql --idempotent', 'a script for whatever state a database is in'],
      ['upgrade head --resume', 'go on where an earlier run was cut short'],
      ['upgrade head --lock skip', 'do nothing where another run is at it already'],
      ['upgrade heads --json', 'what ran and how long it took, as data'],
    ],
    symbols: ['head', 'heads', '+1'],
    reportsProgress: true,
    run: async (config, [revision = ''], options) =>
      (await import('../command/upgrade.ts')).upgrade(config, revision, inMilliseconds(options)),
  },
]
