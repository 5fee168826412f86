/** Anything that takes text: `process.stdout`, a file stream, or an object that collects. */
export interface OutputStream {
  write(text: string): unknown
  /** Width of the terminal in columns; absent where the stream is none. */
  readonly columns?: number
}

/** How commands speak to the user. */
export interface MessagingOptions {
  /** Say nothing; default false. */
  readonly quiet?: boolean
  /** Where to say it; default `process.stdout`. */
  readonly stdout?: OutputStream
}

/** Prints one message as a paragraph: on a terminal indented and wrapped to its width, elsewhere flush left on one line. */
export function printMessage(text: string, options: MessagingOptions = {}): void {
  write(`${layOut(text, options)}\n`, options)
}

/**
 * Runs `work`, which may be asynchronous, between `<text> ...` and `  done`, or `  FAILED` where it throws.
 *
 * With `newline` the outcome stands on a line of its own, for work that prints something itself.
 */
export function status<Result>(
  text: string,
  work: () => Result,
  options: MessagingOptions & { readonly newline?: boolean } = {},
): Result {
  write(layOut(`${text} ...`, options) + (options.newline === true ? '\n' : ''), options)
  const done = <T>(value: T): T => {
    write('  done\n', options)
    return value
  }
  const failed = (error: unknown): never => {
    write('  FAILED\n', options)
    throw error
  }
  let result: Result
  try {
    result = work()
  } catch (error) {
    return failed(error)
  }
  // oxlint-disable-next-line no-callback-in-promise -- the outcome is printed when it is known
  return result instanceof Promise ? (result.then(done, failed) as Result) : done(result)
}

function write(text: string, { quiet, stdout = process.stdout }: MessagingOptions): void {
  if (quiet !== true) stdout.write(text)
}

function layOut(text: string, { stdout = process.stdout }: MessagingOptions): string {
  return stdout.columns === undefined ? text : wrap(text, stdout.columns, '  ')
}

/** Wraps `text` at its spaces to `width` columns, each line behind `indent`; a longer word gets a line of its own. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && indent.length + longer.length > width) {
      lines.push(indent + line)
      line = word
    } else line = longer
  }
  return [...lines, indent + line].join('\n')
}
