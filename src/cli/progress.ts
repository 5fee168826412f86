import type { Progress, StepInfo } from '../command/run-record.ts'
import { paint } from '../util/color.ts'
import { StatusLine } from './status-line.ts'

/** Shows the progress of a command on the terminal: a line for the running step, and one that stays for each that is over. */
export class ProgressDisplay {
  readonly #line = new StatusLine(process.stderr)
  readonly #hasColor: boolean

  constructor(hasColor: boolean) {
    this.#hasColor = hasColor
  }

  show(progress: Progress): void {
    switch (progress.kind) {
      case 'plan':
      case 'skip':
        return
      case 'begin': {
        const start = performance.now()
        this.#line.show(() => this.#describe(progress, performance.now() - start))
        return
      }
      case 'end': {
        this.#line.hide()
        const text = this.#describe(progress, progress.step.durationMs)
        this.#line.print(this.#hasColor ? paint('good', text) : text)
      }
    }
  }

  close(): void {
    this.#line.close()
  }

  /** The time stands where the end of a long message can't cut it off. */
  #describe(
    progress: Extract<Progress, { readonly step: StepInfo }>,
    milliseconds: number,
  ): string {
    const { number, count, step } = progress
    const [from, to] = [step.from, step.to].map((ids) => ids.join(', ') || 'base')
    const message = step.message.replace(/\s+/g, ' ')
    const time = duration(milliseconds)
    return `[${number}/${count}] ${time}  ${step.kind} ${from} -> ${to}${message && `, ${message}`}`
  }
}

/** `0.4 s`, `12.0 s`, `3 min 05 s` */
function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
