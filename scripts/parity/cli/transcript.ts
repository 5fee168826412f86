/** A value of the vectors with a `$` key. */
export interface SourceNode {
  readonly $: string
  readonly [key: string]: unknown
}

/** One transcript, as `FORMAT.md` describes the family `cli`. */
export interface Transcript {
  readonly id: string
  readonly files: Readonly<Record<string, TranscriptFile>>
  readonly config: TranscriptConfig
  readonly steps: readonly Step[]
}

export type TranscriptFile = RevisionFile | { readonly text: string } | { readonly dir: true }

export interface RevisionFile {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly deps: string | readonly string[] | null
  readonly labels: readonly string[]
  readonly message: string
  readonly create_date: string
  readonly upgrade: readonly Operation[]
  readonly downgrade: readonly Operation[]
  readonly broken?: string
}

export interface Operation {
  readonly op: string
  readonly args?: readonly unknown[]
  readonly kw?: Readonly<Record<string, unknown>>
  readonly ops?: readonly Operation[]
}

export interface TranscriptConfig {
  readonly main?: Readonly<Record<string, string>> | null
  readonly sections?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly file?: string
  readonly toml?: Readonly<Record<string, unknown>>
  readonly logging?: string | false
  readonly script_dir?: boolean
  readonly env?: EnvDescription
}

export interface EnvDescription {
  readonly configure?: Readonly<Record<string, unknown>>
  readonly metadata?: readonly SourceNode[]
  readonly report?: readonly string[]
  readonly missing?: boolean
  readonly no_template?: boolean
}

export type Step =
  | CommandStep
  | { readonly exec: readonly string[] }
  | { readonly remove: readonly string[] }

export interface CommandStep extends Output {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly exit: number | 'nonzero'
  readonly new_files?: readonly string[]
  readonly created?: readonly CreatedRevision[]
  readonly after?: DatabaseState | null
  readonly stdout_unordered?: Unordered
  readonly stderr_unordered?: Unordered
  readonly any_of?: readonly Output[]
}

export interface Output {
  readonly stdout?: string | null
  readonly stderr?: string | null
}

export type Unordered = 'lines' | 'words'

export interface DatabaseState {
  readonly version: readonly string[] | null
  readonly tables: readonly string[]
}

export interface CreatedRevision {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly deps: string | readonly string[] | null
  readonly labels: readonly string[]
  readonly message?: string
  readonly doc: string
  readonly path: string
}
