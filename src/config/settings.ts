/** A program or function that runs on each new revision file. */
export interface PostWriteHook {
  /** The name that messages give it. */
  readonly name: string
  /** `exec`, `npm`, or a name under which a function was registered, with that type's own options. */
  readonly type?: string
  readonly [option: string]: string | undefined
}

/** The options of a project's one configuration object: those of `alembic.ini`, in camelCase. */
export interface ProjectSettings {
  /** Database URL as SQLAlchemy writes it; `${NAME}` takes an environment variable. */
  readonly url?: string
  /** Folder of the migrations, relative to the configuration file; default `migrations`. */
  readonly scriptLocation?: string
  /** Folders of the revision files; default `versions` in `scriptLocation`. */
  readonly versionLocations?: readonly string[]
  /** Look for revision files in the folders below, too; default false. */
  readonly recursiveVersionLocations?: boolean
  /** Names of new files; default `%(rev)s_%(slug)s`. */
  readonly fileTemplate?: string
  /** Longest slug in a file name, in characters; default 40. */
  readonly truncateSlugLength?: number
  /** Time zone of the dates in new files, such as `UTC`; default the machine's. */
  readonly timezone?: string
  /** Encoding of new files; default `utf-8`. */
  readonly outputEncoding?: string
  /** Run the environment for every `revision`, not only with `--autogenerate`; default false. */
  readonly revisionEnvironment?: boolean
  /** Programs that run on new files, in this order. */
  readonly postWriteHooks?: readonly PostWriteHook[]
  /** What the environment gives to `context.configure()`. */
  readonly [option: string]: unknown
}

/** The name that an option of `alembic.ini` has in the configuration object. */
export function settingNameOf(name: string): string {
  return name === 'sqlalchemy.url'
    ? 'url'
    : name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** How messages call an option of the configuration object. */
export function settingPlace(name: string, file: string | null): string {
  return `'${name}' in ${file ?? 'the configuration'}`
}

/** The name that an option of the configuration object has in `alembic.ini`. */
export function iniNameOf(key: string): string {
  return key === 'url'
    ? 'sqlalchemy.url'
    : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
