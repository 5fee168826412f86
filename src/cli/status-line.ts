const MIN_INTERVAL_MS = 100

type Write = typeof process.stdout.write

/**
 * One line at the bottom of a terminal that is written anew as its text changes, ten times a second at most.
 *
 * What others write to standard output and standard error meanwhile goes above it, whole: the line is taken away before and
 * drawn again once the cursor is at the start of a line.
 */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream
  readonly #write: Write
  readonly #restore: (() => void)[] = []
  #text: () => string = () => ''
  #isDrawn = false
  #isAtLineStart = true
  #drawnAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
    this.#write = stream.write.bind(stream)
    for (const target of [process.stdout, process.stderr]) if (target.isTTY) this.#watch(target)
  }

  /** Shows a text, which is asked for at each drawing: a clock in it goes on. */
  show(text: () => string): void {
    this.#text = text
    this.#timer ??= setInterval(() => this.#draw(), MIN_INTERVAL_MS).unref()
    this.#draw()
  }

  /** Writes a line that stays, above the one that changes. */
  print(line: string): void {
    this.#erase()
    this.#write(`${line}\n`)
    this.#draw()
  }

  /** Takes the line away until the next `show()`. */
  hide(): void {
    this.#erase()
    this.#text = () => ''
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  close(): void {
    this.hide()
    for (const restore of this.#restore.splice(0)) restore()
  }

  #watch(target: NodeJS.WriteStream): void {
    const write = target.write.bind(target) as (...args: unknown[]) => boolean
    target.write = (...args: unknown[]) => {
      const [chunk] = args
      this.#erase()
      const result = write(...args)
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString()
      if (text !== '') this.#isAtLineStart = text.endsWith('\n')
      this.#draw()
      return result
    }
    this.#restore.push(() => {
      target.write = write
    })
  }

  #draw(): void {
    const now = performance.now()
    if (!this.#isAtLineStart || now - this.#drawnAt < MIN_INTERVAL_MS) return
    const text = this.#text()
    if (text === '') return
    // A line that reached the last column would be two lines, of which only one could be taken away.
    this.#write(`\r\u001B[2K${cut(text, (this.#stream.columns || 80) - 1)}`)
    this.#isDrawn = true
    this.#drawnAt = now
  }

  #erase(): void {
    if (!this.#isDrawn) return
    this.#write('\r\u001B[2K')
    this.#isDrawn = false
  }
}

/** Returns as much of `text` as fits; where a character may be two columns wide it counts as that. */
function cut(text: string, columns: number): string {
  let width = 0
  let shown = ''
  for (const character of text) {
    width += character > '\u10FF' ? 2 : 1
    if (width > columns) break
    shown += character
  }
  return shown
}
