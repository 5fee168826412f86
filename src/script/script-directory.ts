import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { asWholeNumber } from '../config/whole-number.ts'
import type { PostWriteHook } from '../config/settings.ts'
import { ConfigError } from '../errors/config-error.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptFileError, ScriptWriteError, TemplateError } from '../errors/script-error.ts'
import { type MessagingOptions, status } from '../util/messaging.ts'
import { warn, type WarningHandler } from '../util/warnings.ts'
import { dateInZone } from './create-date.ts'
import { fillFileTemplate } from './file-name.ts'
import { verifyPlan } from './head-maintainer.ts'
import { runFile } from './loader.ts'
import type { RangeOptions } from './map/collect.ts'
import type { RevisionIdentifier } from './map/resolver.ts'
import { RevisionStep, type StampStep } from './migration-step.ts'
import { newFilePath } from './new-file-path.ts'
import { type NewRevisionOptions, planNewRevision } from './new-revision.ts'
import { verifyReferences } from './references.ts'
import { resourcePath } from './resource-path.ts'
import { catchRevisionErrors } from './revision-error-translation.ts'
import { RevisionMap } from './revision-map.ts'
import { encodeSource } from './output-encoding.ts'
import { SQL_CONTINUATION, assertFitsSql } from './plain-sql/new-file.ts'
import { type RevisionIds, idList } from './revision.ts'
import { comma, literal, renderScriptTemplate } from './script-template.ts'
import type { Direction, Script } from './script.ts'
import { planStamp } from './stamp-plan.ts'
import { readScript, readVersionFiles } from './version-files.ts'

export interface ScriptDirectoryOptions {
  /** The folder of the environment: env file, template, and, unless said otherwise, `versions`. */
  readonly dir: string
  /** Names of new files, without extension; default `%(rev)s_%(slug)s`. */
  readonly fileTemplate?: string | null
  /** Longest slug in a file name, in characters; default 40. */
  readonly truncateSlugLength?: number | null
  /** Folders of the revision files; default `versions` in `dir`. */
  readonly versionLocations?: readonly string[] | null
  /** Look for revision files in the folders below, too; default false. */
  readonly recursiveVersionLocations?: boolean
  /** Encoding of new files: `utf-8`, the default, or a name for what ASCII is a part of. */
  readonly outputEncoding?: string | null
  /** Time zone of the dates in new files; default the machine's. */
  readonly timezone?: string | null
  /** What runs on new files. */
  readonly hooks?: readonly PostWriteHook[]
  readonly messaging?: MessagingOptions
  /** The template for new files where `dir` has no `script.*.eta`; default: there is none. */
  readonly defaultTemplate?: string | null
  /** The templates of this package, for kinds of files that `dir` has no template of. */
  readonly templateFolder?: string | null
  /** Where the revisions come from, if not from files: a host that has them built in. */
  readonly scripts?: () => Iterable<Script>
  /** Gets the text of warnings, and hints; default: a Node warning. */
  readonly onWarning?: WarningHandler
  /** What templates see as `it.config`. */
  readonly config?: unknown
}

/** What a new revision is made of, besides its id and message. */
export interface GenerateRevisionOptions extends NewRevisionOptions {
  /** In place of the directory's own file template. */
  readonly fileTemplate?: string | null
  /** Which kind of file; default that of the directory's template. */
  readonly kind?: ScriptKind | null
  /** More variables for the template: `imports`, `upgrades`, `downgrades`, and the user's own. */
  readonly templateArgs?: Readonly<Record<string, unknown>>
}

const ENV_FILE = /^env\.[cm]?[jt]s$/
const TEMPLATE_FILE = /^script\.([cm]?[jt]s|sql)\.eta$/

/** The kinds of revision files: TypeScript, JavaScript, plain SQL. */
export type ScriptKind = 'ts' | 'js' | 'sql'

const TEMPLATES: Readonly<Record<ScriptKind, { readonly own: RegExp; readonly ours: string }>> = {
  ts: { own: /^script\.([cm]?ts)\.eta$/, ours: 'generic/script.ts.eta' },
  js: { own: /^script\.([cm]?js)\.eta$/, ours: 'script.js.eta' },
  sql: { own: /^script\.(sql)\.eta$/, ours: 'script.sql.eta' },
}

/**
 * The folder of an environment: its revisions, and what is done with them.
 *
 * Methods that are asked about revisions throw CommandError with a text for users.
 *
 * @example
 * const script = ScriptDirectory.fromConfig(new Config({ file: 'alembic.ini' }))
 * script.getCurrentHead() // '1a2b3c4d5e6f'
 */
export class ScriptDirectory {
  readonly dir: string
  readonly revisionMap: RevisionMap<Script>
  /** Absolute paths of the folders of revision files. */
  readonly versionLocations: readonly string[]
  readonly hooks: readonly PostWriteHook[]
  readonly #options: ScriptDirectoryOptions

  constructor(options: ScriptDirectoryOptions) {
    const { dir, versionLocations } = options
    this.dir = dir
    this.hooks = options.hooks ?? []
    this.#options = options
    this.versionLocations =
      versionLocations && versionLocations.length > 0
        ? versionLocations.map((location) => resolve(resourcePath(location)))
        : [resolve(dir, 'versions')]
    if (options.scripts === undefined && !existsSync(dir))
      throw new CommandError(
        `Path doesn't exist: ${dir}.  Please use the 'init' command to create a new scripts folder.`,
      )
    const onWarning = options.onWarning ?? warn
    this.revisionMap = new RevisionMap(
      options.scripts ?? (() => this.#readScripts(onWarning)),
      onWarning,
    )
  }

  /** Makes a script directory as a configuration says; `script_location` is the one option that has to be there. */
  static fromConfig(config: Config): ScriptDirectory {
    const fallback = config.settings === null ? null : 'migrations'
    const location = config.getAlembicOption('script_location', fallback)
    if (location === null) {
      const { configFileName } = config
      const isNamed = configFileName !== null && configFileName !== 'alembic.ini'
      if (isNamed && !existsSync(configFileName))
        throw new ConfigError(`No config file '${configFileName}' found`)
      throw new CommandError("No 'script_location' key found in configuration.")
    }
    const slugLength = config.getAlembicOption('truncate_slug_length')
    return new ScriptDirectory({
      dir: resourcePath(location),
      fileTemplate: config.getAlembicOption('file_template'),
      truncateSlugLength:
        slugLength === null ? null : asWholeNumber(slugLength, 'truncate_slug_length'),
      versionLocations: config.getVersionLocationsList(),
      recursiveVersionLocations: config.getAlembicBooleanOption('recursive_version_locations'),
      outputEncoding: config.getAlembicOption('output_encoding'),
      timezone: config.getAlembicOption('timezone'),
      hooks: config.getHooksList(),
      messaging: config.messagingOpts,
      defaultTemplate:
        config.settings === null ? null : join(config.getTemplateDirectory(), TEMPLATES.ts.ours),
      templateFolder: config.getTemplateDirectory(),
      config,
    })
  }

  /** The one folder of revision files; CommandError where there are several. */
  get versions(): string {
    const [only, ...others] = this.versionLocations
    if (only === undefined || others.length > 0)
      throw new CommandError('Multiple version_locations present')
    return only
  }

  /** The env file, or where it would be: `env.ts`, or JavaScript. */
  get envLocation(): string {
    return join(this.dir, fileMatching(this.dir, ENV_FILE)?.[0] ?? 'env.ts')
  }

  /** Runs the env file, each time anew; `hasBegun` tells whether its code has begun to do something. */
  async runEnv(options: { readonly hasBegun?: () => boolean } = {}): Promise<void> {
    const path = resolve(this.envLocation)
    if (!existsSync(path))
      throw new ScriptFileError(
        `There is no environment script ${path}; 'alembic init' makes one`,
        path,
      )
    await runFile(path, options)
  }

  /** Yields all revisions between two, ends included, children before parents. */
  *walkRevisions(
    base: RevisionIdentifier = 'base',
    head: RevisionIdentifier = 'heads',
  ): Generator<Script, void, undefined> {
    const range = { inclusive: true, assertRelativeLength: false }
    yield* catchRevisionErrors(() => [...this.iterateRevisions(head, base, range)], {
      start: listed(base),
      end: listed(head),
    })
  }

  /** As `RevisionMap.iterateRevisions()`, whose errors it throws. */
  iterateRevisions(
    upper: RevisionIdentifier,
    lower: RevisionIdentifier,
    options: RangeOptions = {},
  ): Generator<Script, void, undefined> {
    return this.revisionMap.iterateRevisions(upper, lower, options)
  }

  /** Returns the one revision that is meant, or null for the base. */
  getRevision(id: RevisionIdentifier): Script | null {
    return catchRevisionErrors(() => this.revisionMap.getRevision(id))
  }

  /** Returns all revisions that are meant; `base`, or null, where a relative one ends there or below. */
  getRevisions(id: RevisionIdentifier): (Script | 'base' | null)[] {
    return catchRevisionErrors(() => this.revisionMap.getRevisions(id))
  }

  /** Returns the tips of all that is applied where the version table has these rows. */
  getAllCurrent(rows: RevisionIdentifier): Script[] {
    return catchRevisionErrors(() => this.revisionMap.getAllCurrent(rows))
  }

  /** Returns the id behind a symbol, a list for `heads`, null for the base. */
  asRevisionNumber(id: RevisionIdentifier): string | readonly string[] | null {
    const { ids } = catchRevisionErrors(() => this.revisionMap.resolveRevisionNumber(id))
    return id === 'heads' && ids.length > 0 ? ids : (ids[0] ?? null)
  }

  /** Returns the one head, or null where there is no revision; CommandError where there are several. */
  getCurrentHead(): string | null {
    return catchRevisionErrors(() => this.revisionMap.getCurrentHead(), {
      multipleHeads: () =>
        'The script directory has multiple heads (due to branching).Please use get_heads(), or merge the branches ' +
        'using alembic merge.',
    })
  }

  /** Returns the ids that no other revision follows, or, with `considerDependsOn`, that none depends on, either. */
  getHeads({ considerDependsOn = false }: { readonly considerDependsOn?: boolean } = {}): string[] {
    return [...(considerDependsOn ? this.revisionMap.realHeads : this.revisionMap.heads)]
  }

  /** Returns the one base, or null where there is no revision; CommandError where there are several. */
  getBase(): string | null {
    const [base = null, ...others] = this.getBases()
    if (others.length > 0)
      throw new CommandError('The script directory has multiple bases. Please use get_bases().')
    return base
  }

  getBases(): string[] {
    return [...this.revisionMap.bases]
  }

  /** Plans an upgrade from the rows of the version table, which it makes sure can follow. */
  upgradeRevs(destination: RevisionIdentifier, rows: RevisionIdentifier): readonly RevisionStep[] {
    const plan = (): readonly RevisionStep[] => {
      const scripts = [...this.iterateRevisions(destination, rows, { implicitBase: true })]
      return this.#steps('upgrade', scripts.reverse(), rows)
    }
    return catchRevisionErrors(plan, {
      end: listed(destination),
      ancestor: (_, target) =>
        `Destination ${target} is not a valid upgrade target from current head(s)`,
    })
  }

  /** Plans a downgrade from the rows of the version table, which it makes sure can follow. */
  downgradeRevs(
    destination: RevisionIdentifier,
    rows: RevisionIdentifier,
  ): readonly RevisionStep[] {
    const plan = (): readonly RevisionStep[] => {
      const scripts = [...this.iterateRevisions(rows, destination, { selectForDowngrade: true })]
      return this.#steps('downgrade', scripts, rows)
    }
    return catchRevisionErrors(plan, {
      end: listed(destination),
      ancestor: (_, target) =>
        `Destination ${target} is not a valid downgrade target from current head(s)`,
    })
  }

  /** Plans how the rows of the version table become what is named. */
  stampRevs(revisions: RevisionIds, rows: RevisionIds): readonly StampStep[] {
    const plan = (): readonly StampStep[] =>
      verifyPlan(planStamp(this.revisionMap, revisions, rows), idList(rows))
    return catchRevisionErrors(plan, {
      multipleHeads: () => 'Multiple heads are present; please specify a single target revision',
    })
  }

  /**
   * Writes a new revision file, runs the hooks on it, and adds it to the map. Everything is checked before.
   *
   * @throws CommandError where the revision can't be made so, or the file can't be written.
   */
  async generateRevision(
    revision: string,
    message: string | null,
    options: GenerateRevisionOptions = {},
  ): Promise<Script> {
    const plan = planNewRevision(this.revisionMap, revision, this.versionLocations, options)
    const template = this.#template(options.kind ?? null)
    if (template.extension === 'sql') assertFitsSql(plan, revision, options.templateArgs)
    const createDate = dateInZone(new Date(), this.#options.timezone ?? null)
    const name = fillFileTemplate(
      options.fileTemplate ?? this.#options.fileTemplate ?? '%(rev)s_%(slug)s',
      {
        revision,
        message,
        createDate,
        maxSlugLength: this.#options.truncateSlugLength || 40,
      },
    )
    const path = newFilePath(plan.folder, `${name}.${template.extension}`)
    this.#ensureFolder(dirname(path))
    status(
      `Generating ${path}`,
      () => {
        const text = renderScriptTemplate(template.path, {
          imports: '',
          upgrades: '',
          downgrades: '',
          ...options.templateArgs,
          ...plan,
          message: (message ?? 'empty message')
            .split(/\r\n|\r|\n/)
            .join(template.extension === 'sql' ? SQL_CONTINUATION : '\n * '),
          upRevision: revision,
          createDate: createDate.text,
          config: this.#options.config ?? null,
          literal,
          comma,
        })
        writeNew(path, text, this.#options.outputEncoding ?? 'utf-8')
      },
      this.#options.messaging,
    )
    if (this.hooks.length > 0) {
      // Starting programs takes modules that no other command needs.
      const { runWriteHooks } = await import('./write-hooks.ts')
      await runWriteHooks(path, this.hooks, this.#options.messaging)
    }
    return this.#added(path, plan.branchLabels)
  }

  #steps(
    direction: Direction,
    scripts: readonly Script[],
    rows: RevisionIdentifier,
  ): readonly RevisionStep[] {
    const steps = scripts.map((script) => new RevisionStep(this.revisionMap, script, direction))
    return verifyPlan(steps, idList(listed(rows)))
  }

  #added(path: string, branchLabels: RevisionIds): Script {
    const script = catchRevisionErrors(() => readScript(path))
    if (script === null)
      throw new TemplateError(
        `${path} is no revision; has its template a line '-- revision: <%~ it.upRevision %>'?`,
      )
    if (branchLabels !== null && script.ownBranchLabels.length === 0)
      throw new CommandError(
        `Version ${script.revision} specified branch_labels ${comma(branchLabels)}, however the migration file ` +
          `${path} does not have them; have you upgraded your script.ts.eta to include the 'branchLabels' section?`,
      )
    this.revisionMap.addRevision(script)
    return script
  }

  #template(kind: ScriptKind | null): { readonly path: string; readonly extension: string } {
    const pattern = kind === null ? TEMPLATE_FILE : TEMPLATES[kind].own
    const [name, extension = kind ?? 'ts'] = fileMatching(this.dir, pattern) ?? []
    if (name !== undefined) return { path: join(this.dir, name), extension }
    const { defaultTemplate, templateFolder } = this.#options
    const ours =
      kind === null ? defaultTemplate : templateFolder && join(templateFolder, TEMPLATES[kind].ours)
    const path = ours ?? join(this.dir, `script.${extension}.eta`)
    if (existsSync(path)) return { path, extension }
    throw new TemplateError(
      `There is no template for revision files, ${path}; 'alembic init' into a new folder makes one to copy`,
    )
  }

  #ensureFolder(folder: string): void {
    if (existsSync(folder)) return
    status(
      `Creating directory ${folder}`,
      () => {
        try {
          mkdirSync(folder, { recursive: true })
        } catch (error) {
          throw new ScriptWriteError(
            `Can't create the folder ${folder}: ${(error as Error).message}`,
            folder,
            { cause: error },
          )
        }
      },
      this.#options.messaging,
    )
  }

  #readScripts(onWarning: (message: string) => void): Script[] {
    const scripts = [
      ...readVersionFiles(this.versionLocations, {
        recursive: this.#options.recursiveVersionLocations ?? false,
        onWarning,
      }),
    ]
    verifyReferences(scripts)
    return scripts
  }
}

/** Writes a file that must not be there yet: of two processes that make the same one, the second fails. */
function writeNew(path: string, text: string, encoding: string): void {
  const bytes = encodeSource(text, encoding)
  try {
    writeFileSync(path, bytes, { flag: 'wx' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new ScriptWriteError(
      code === 'EEXIST'
        ? `${path} exists already; choose another message or revision id, or delete it`
        : `Can't write ${path}: ${message}`,
      path,
      { cause: error },
    )
  }
}

function fileMatching(folder: string, pattern: RegExp): RegExpExecArray | null {
  if (!existsSync(folder)) return null
  for (const name of readdirSync(folder).sort().reverse()) {
    const found = pattern.exec(name)
    if (found !== null) return found
  }
  return null
}

function listed(identifier: RevisionIdentifier): RevisionIds {
  return identifier === null || typeof identifier === 'string'
    ? identifier
    : identifier.filter((id) => id !== null)
}
