/** An option as the help shows it. */
export interface OptionSpec {
  readonly flags: string
  readonly description: string
  /** May be given several times; the values come as a list. */
  readonly repeatable?: true
}

/** What the options of any command come to, under their names in camelCase. */
export interface ParsedOptions {
  readonly autogenerate?: boolean
  readonly branchLabel?: string
  readonly checkHeads?: boolean
  readonly dependsOn?: readonly string[]
  readonly head?: string
  readonly indicateCurrent?: boolean
  readonly message?: string
  readonly purge?: boolean
  readonly resolveDependencies?: boolean
  readonly revId?: string
  readonly revRange?: string
  readonly splice?: boolean
  readonly sql?: boolean
  readonly tag?: string
  readonly template?: string
  readonly verbose?: boolean
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
]

/** The options of all commands, by their name in `ParsedOptions`. */
export const COMMAND_OPTIONS: Readonly<Record<keyof ParsedOptions, OptionSpec>> = {
  autogenerate: {
    flags: '--autogenerate',
    description: 'fill the file with the operations that lead from the database to the models',
  },
  branchLabel: { flags: '--branch-label <label>', description: 'branch label of the new revision' },
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
  indicateCurrent: {
    flags: '-i, --indicate-current',
    description: "mark the database's current revisions",
  },
  message: { flags: '-m, --message <text>', description: 'message of the new revision' },
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
  versionPath: {
    flags: '--version-path <path>',
    description: 'folder of the new file, one of the configured version locations',
  },
}
