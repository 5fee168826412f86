import type { ScriptKind } from '../script/script-directory.ts'

/** An option as the help shows it. */
export interface OptionSpec {
  readonly flags: string
  readonly description: string
  /** May be given several times; the values come as a list. */
  readonly repeatable?: true
  /** The only values that it takes. */
  readonly choices?: readonly string[]
  /** Its value is a number, 0 or more. */
  readonly isNumber?: true
  /** Its value where it stands alone; another one follows `=`. */
  readonly bare?: string
}

/** What the options of any command come to, under their names in camelCase. */
export interface ParsedOptions {
  readonly autogenerate?: boolean
  readonly branchLabel?: string
  readonly check?: boolean
  readonly checkHeads?: boolean
  readonly dependsOn?: readonly string[]
  readonly head?: string
  readonly idempotent?: boolean
  readonly indicateCurrent?: boolean
  readonly json?: boolean
  readonly kind?: ScriptKind
  readonly lock?: 'wait' | 'fail' | 'skip' | 'off'
  /** Seconds. */
  readonly lockTimeout?: number
  readonly message?: string
  readonly package?: boolean
  readonly purge?: boolean
  readonly resume?: 'continue' | 'after' | 'again' | 'restart'
  readonly rename?: readonly string[]
  readonly renames?: string
  readonly forbidDestructive?: boolean
  readonly resolveDependencies?: boolean
  readonly revId?: string
  readonly revRange?: string
  readonly splice?: boolean
  readonly sql?: boolean
  readonly tag?: string
  readonly template?: string
  readonly verbose?: boolean
  readonly verify?: boolean
  readonly versionPath?: string
}

/** Options that stand before the command. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '-c, --config <file>',
    description:
      'configuration: an INI file, alembic.config.ts, package.json or pyproject.toml; default: the environment ' +
      'variable ALEMBIC_CONFIG, else alembic.ini or alembic.config.ts here. May be given twice, one of them a pyproject.toml',
    repeatable: true,
  },
  {
    flags: '-n, --name <section>',
    description: 'section of the INI file to use (default: alembic)',
  },
  {
    flags: '-x <argument>',
    description: 'argument for the env file, such as -x tenant=acme; may be repeated',
    repeatable: true,
  },
  { flags: '--raiseerr', description: 'show the whole stack trace of an error' },
  { flags: '-q, --quiet', description: 'print nothing on standard output' },
  {
    flags: '--color <when>',
    description:
      'colours: auto (on terminals; the default), always or never; NO_COLOR and FORCE_COLOR are heeded',
    choices: ['auto', 'always', 'never'],
  },
]

/** The options of all commands, by their name in `ParsedOptions`. */
export const COMMAND_OPTIONS: Readonly<Record<keyof ParsedOptions, OptionSpec>> = {
  autogenerate: {
    flags: '--autogenerate',
    description: 'fill the file with the operations that lead from the database to the models',
  },
  branchLabel: { flags: '--branch-label <label>', description: 'branch label of the new revision' },
  check: {
    flags: '--check',
    description: 'also compare the models with the database, where no revision is pending',
  },
  checkHeads: {
    flags: '-c, --check-heads',
    description: 'fail if the database is not on all head revisions',
  },
  dependsOn: {
    flags: '--depends-on <revision>',
    description: 'revision that the new one depends on; may be repeated',
    repeatable: true,
  },
  head: {
    flags: '--head <revision>',
    description: 'head revision or <branchname>@head to base the new revision on',
  },
  idempotent: {
    flags: '--idempotent',
    description: 'with --sql: a script that can be run at any state of the history, and again',
  },
  indicateCurrent: {
    flags: '-i, --indicate-current',
    description: "mark the database's current revisions",
  },
  json: {
    flags: '--json',
    description: 'print one JSON document, and nothing else, on standard output',
  },
  kind: {
    flags: '--kind <kind>',
    description: 'kind of file; default: that of the template in the environment',
    choices: ['ts', 'js', 'sql'],
  },
  lock: {
    flags: '--lock <how>',
    description:
      'where another run holds the lock: wait for it, fail, skip (do nothing, with exit status 0), or off for no lock; ' +
      'default: what the environment says, else wait',
    choices: ['wait', 'fail', 'skip', 'off'],
  },
  lockTimeout: {
    flags: '--lock-timeout <seconds>',
    description: 'how long to wait for the lock; default: what the environment says, else 60',
    isNumber: true,
  },
  message: { flags: '-m, --message <text>', description: 'message of the new revision' },
  package: {
    flags: '--package',
    description: 'also write a package.json that makes the files of the folder ES modules',
  },
  resume: {
    flags: '--resume [how]',
    description:
      'go on with a revision that an earlier run left unfinished, after its last finished statement; where that is ' +
      'unclear, --resume=after or --resume=again says whether the last one was done; --resume=restart begins anew',
    choices: ['continue', 'after', 'again', 'restart'],
    bare: 'continue',
  },
  rename: {
    flags: '--rename <old=new>',
    description:
      'with --autogenerate: a column (table.old=new) or table (old=new) that goes on under another name; may be repeated',
    repeatable: true,
  },
  renames: {
    flags: '--renames <file>',
    description: 'with --autogenerate: file of such renames, JSON or a line for each',
  },
  forbidDestructive: {
    flags: '--forbid-destructive',
    description:
      'with --autogenerate: write nothing and fail, where tables or columns are dropped, types narrowed, or rows with NULL in the way',
  },
  purge: { flags: '--purge', description: 'empty the version table first, whatever it holds' },
  resolveDependencies: {
    flags: '--resolve-dependencies',
    description: 'treat dependencies as down revisions',
  },
  revId: {
    flags: '--rev-id <id>',
    description: 'identifier of the new revision; default: a random one',
  },
  revRange: { flags: '-r, --rev-range <range>', description: 'revision range: [start]:[end]' },
  splice: {
    flags: '--splice',
    description: 'allow a revision that is not a head as the one to build on',
  },
  sql: {
    flags: '--sql',
    description: 'write the SQL to standard output instead of running it (offline mode)',
  },
  tag: { flags: '--tag <tag>', description: 'any text, for the env file to read' },
  template: {
    flags: '-t, --template <name>',
    description: 'template of the new environment (default: generic)',
  },
  verbose: { flags: '-v, --verbose', description: 'print more' },
  verify: {
    flags: '--verify',
    description:
      "try it in a scratch place of the server: a new revision's upgrade and downgrade on a copy of the structure " +
      '(with --autogenerate), the models for check',
  },
  versionPath: {
    flags: '--version-path <path>',
    description: 'folder of the new file, one of the configured version locations',
  },
}
