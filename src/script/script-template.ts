import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { TemplateError } from '../errors/script-error.ts'
import { escapeComment } from './header/doc-comment.ts'
import type { RevisionIds } from './revision.ts'

/**
 * What a template for revision files knows as `it`.
 *
 * `<%= … %>` is for text in the comment at the top: what would end the comment is escaped. Code is put in as it is, by
 * `<%~ … %>`: `export const revision: string = <%~ it.literal(it.upRevision) %>`, `<%~ it.upgrades %>`.
 */
export interface TemplateVariables {
  /** The message; of several lines, each but the first begins with ` * `. */
  readonly message: string
  readonly upRevision: string
  readonly downRevision: RevisionIds
  readonly branchLabels: RevisionIds
  readonly dependsOn: RevisionIds
  /** The date as text. */
  readonly createDate: string
  /** Import statements that the operations need; may be empty. */
  readonly imports: string
  /** The body of `upgrade`; empty without autogenerate. */
  readonly upgrades: string
  /** The body of `downgrade`; empty without autogenerate. */
  readonly downgrades: string
  /** The project's `Config`, or null where the script directory was made without one. */
  readonly config: unknown
  /** Writes a string, a list of strings or null as TypeScript. */
  readonly literal: (value: RevisionIds) => string
  /** Joins ids by commas; null is nothing. */
  readonly comma: (value: RevisionIds) => string
  /** What the env file and process hooks add. */
  readonly [name: string]: unknown
}

/**
 * Renders the Eta template in a file.
 *
 * @throws TemplateError where the file can't be read, or the template fails.
 */
export function renderScriptTemplate(path: string, variables: TemplateVariables): string {
  // Loaded when a file is written, by a command that is synchronous up to here.
  const { Eta } = createRequire(import.meta.url)('eta') as typeof import('eta')
  try {
    const eta = new Eta({
      autoEscape: true,
      escapeFunction: (text) => escapeComment(String(text)),
      autoTrim: false,
    })
    return eta.renderString(readFileSync(path, 'utf8'), variables)
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n')
    throw new TemplateError(`Template rendering failed; ${path}: ${reason}`, { cause: error })
  }
}

/** Returns a string, a list of strings or null as TypeScript source. */
export function literal(value: RevisionIds): string {
  if (value === null) return 'null'
  if (typeof value !== 'string') return `[${value.map((item) => literal(item)).join(', ')}]`
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped}'`
}

/** Returns ids joined by commas, nothing for null. */
export function comma(value: RevisionIds): string {
  return value === null ? '' : [value].flat().join(', ')
}
