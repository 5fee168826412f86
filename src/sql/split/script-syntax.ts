/** Statements that hold other statements: triggers, procedures. */
export interface BodyRule {
  /** What such a statement begins with: its words in capitals, one blank between them. Not sticky. */
  readonly starts: RegExp
  /**
   * What has to come before a semicolon ends it: an END for every BEGIN and CASE (`balanced`), a separator line
   * (`separator`), or its last two words.
   */
  readonly until: 'balanced' | 'separator' | RegExp
  /** The word behind which a block has to come, whatever semicolons stand before that. */
  readonly blockAfter?: string
}

/** The command of a database's own client that makes something else than `;` end statements. */
export interface DelimiterCommand {
  /** Finds the command, the new delimiter as first group; sticky where it takes a line. */
  readonly pattern: RegExp
  /** Whether it takes a line, or is ended like a statement. */
  readonly takes: 'line' | 'statement'
  /** Writes the command. */
  readonly write: (delimiter: string, before: string) => string
}

/** How scripts for a database are cut into statements. Patterns are sticky unless said otherwise. */
export interface ScriptSyntax {
  /** Whether `;` ends a statement; if not, separator lines alone do. */
  readonly semicolons: boolean
  /** A line that ends statements; a number as first group says how often they run. */
  readonly separatorLine?: RegExp
  readonly delimiterCommand?: DelimiterCommand
  readonly bodies?: BodyRule
  /** Semicolons in parentheses end nothing. */
  readonly parentheses?: boolean
  /** Backslash escapes in `'…'`. */
  readonly backslashEscapes: boolean
  /** `"…"` is a string as `'…'` is, not a name. */
  readonly doubleQuotedStrings?: boolean
  /** `E'…'`, in which backslash escapes. */
  readonly escapeStrings?: boolean
  /** `$tag$ … $tag$` */
  readonly dollarQuotes?: boolean
  /** `q'[ … ]'` */
  readonly alternativeQuotes?: boolean
  /** `` `…` `` */
  readonly backticks?: boolean
  /** `[…]` */
  readonly brackets?: boolean
  /** Comments in comments count. */
  readonly nestedComments?: boolean
  /** `# …` */
  readonly hashComments?: boolean
  /** `{ … }` */
  readonly braceComments?: boolean
  /** `--` begins a comment only where white space follows. */
  readonly dashesNeedSpace?: boolean
  /** Comments that are code: hints, and statements for some versions only. */
  readonly codeComments?: RegExp
}

/** What the standard says: `;` ends statements, quotes are doubled. */
export const STANDARD_SYNTAX: ScriptSyntax = { semicolons: true, backslashEscapes: false }
