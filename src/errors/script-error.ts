import { CommandError } from './command-error.ts'

/** A revision file or the env file can't be read, can't be imported, or lacks something. */
export class ScriptFileError extends CommandError {
  override readonly code: string = 'SCRIPT_FILE_BROKEN'
  readonly path: string

  constructor(message: string, path: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.path = path
  }
}

/** A file that was to be written can't be: it is there already, or the folder takes none. */
export class ScriptWriteError extends ScriptFileError {
  override readonly code: string = 'SCRIPT_FILE_NOT_WRITTEN'
}

/** The template for revision files is missing or fails. */
export class TemplateError extends CommandError {
  override readonly code: string = 'TEMPLATE_FAILED'
}

/** A revision id or branch label would never be found again under its name. */
export class RevisionNameError extends CommandError {
  override readonly code: string = 'REVISION_NAME_INVALID'
}

/** A post-write hook is not configured well, or can't be run. */
export class PostWriteHookError extends CommandError {
  override readonly code: string = 'POST_WRITE_HOOK_FAILED'
}
