import { basename } from 'node:path'
import type { ScriptSyntax } from '../sql/split/script-syntax.ts'
import { Revision, type RevisionHeader } from './revision.ts'

/** What a revision's `upgrade` and `downgrade` are: functions without a result that counts. */
export type MigrationFunction = (runArguments?: Readonly<Record<string, unknown>>) => unknown

/** What a revision file exports, apart from its header. */
export interface RevisionModule {
  readonly upgrade: MigrationFunction
  readonly downgrade: MigrationFunction
}

/** Which of the two functions of a revision file. */
export type Direction = keyof RevisionModule

/** Imports a revision's file and returns one of its functions; `syntax` is how the database's scripts are cut. */
export type LoadFunction = (
  direction: Direction,
  syntax: ScriptSyntax,
) => Promise<MigrationFunction>

export interface ScriptOptions extends RevisionHeader {
  /** Absolute path of the file. */
  readonly path: string
  /** The text at the top of the file. */
  readonly longdoc?: string
  readonly loadFunction: LoadFunction
}

/** What the one-line form of a revision shows besides its id. */
export interface FormatOptions {
  readonly includeBranches?: boolean
  readonly includeDoc?: boolean
  readonly includeParents?: boolean
  /** `(branchpoint)` and `(mergepoint)`; default true. */
  readonly treeIndicators?: boolean
  /** `(current)`: a row of the version table has this id. */
  readonly current?: boolean
}

/** A revision that stands in a file. */
export class Script extends Revision {
  /** Absolute path of the file. */
  readonly path: string
  /** All the text at the top of the file: message, blank line, ids and date. */
  readonly longdoc: string
  readonly loadFunction: LoadFunction

  constructor(options: ScriptOptions) {
    super(options)
    this.path = options.path
    this.longdoc = (options.longdoc ?? '').trim()
    this.loadFunction = options.loadFunction
  }

  override get file(): string {
    return this.path
  }

  override get origin(): string {
    return basename(this.path)
  }

  /** The message: the text up to the first blank line. */
  get doc(): string {
    return this.longdoc.split('\n\n', 1)[0] ?? ''
  }

  /** The paragraph that `show` and `history -v` print. */
  get logEntry(): string {
    return this.cmdFormat(true)
  }

  /** `a1 -> b2 (head), message` */
  override toString(): string {
    const marks = mark(this.isHead, 'head') + this.#treeMarks()
    return `${this.#parents()} -> ${this.revision}${marks}, ${this.doc}`
  }

  /** Returns what commands print of the revision: a paragraph, or one line. */
  cmdFormat(verbose: boolean, options: FormatOptions = {}): string {
    return verbose ? this.#paragraph(options) : this.#line(options)
  }

  #line(options: FormatOptions): string {
    const { includeBranches, includeDoc, includeParents, treeIndicators = true } = options
    let text = this.revision
    if (includeParents === true) {
      const needs = this.dependencies === null ? '' : ` (${list(this.dependencies)})`
      text = `${this.#parents()}${needs} -> ${text}`
    }
    if (includeBranches === true && this.branchLabels.size > 0)
      text += ` (${list([...this.branchLabels])})`
    text += mark(this.isRealHead, 'head')
    text += mark(this.isHead && !this.isRealHead, 'effective head')
    text += mark(options.current === true, 'current')
    if (treeIndicators) text += this.#treeMarks()
    return includeDoc === true ? `${text}, ${this.doc}` : text
  }

  #paragraph({ current }: FormatOptions): string {
    const marks = mark(this.isHead, 'head') + this.#treeMarks() + mark(current === true, 'current')
    const lines = [`Rev: ${this.revision}${marks}`]
    lines.push(`${this.isMergePoint ? 'Merges' : 'Parent'}: ${this.#parents()}`)
    if (this.dependencies !== null) lines.push(`Also depends on: ${list(this.dependencies)}`)
    if (this.isBranchPoint) lines.push(`Branches into: ${list([...this.nextrev])}`)
    if (this.branchLabels.size > 0) lines.push(`Branch names: ${list([...this.branchLabels])}`)
    lines.push(`Path: ${this.path}`, '')
    const text = this.longdoc === '' ? [] : this.longdoc.split('\n')
    return `${lines.join('\n')}\n${text.map((line) => `    ${line}`).join('\n')}\n`
  }

  #treeMarks(): string {
    return mark(this.isBranchPoint, 'branchpoint') + mark(this.isMergePoint, 'mergepoint')
  }

  #parents(): string {
    return this.downRevision === null ? '<base>' : list(this.downRevision)
  }
}

function mark(holds: boolean, text: string): string {
  return holds ? ` (${text})` : ''
}

function list(ids: string | readonly string[]): string {
  return [ids].flat().join(', ')
}
