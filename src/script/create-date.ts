import { CommandError } from '../errors/command-error.ts'

/** A moment as a clock in some place shows it. */
export interface ZonedDate {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Whole seconds since 1970. */
  readonly epoch: number
  /** `2026-11-20 06:44:42.576000`, with `+01:00` behind it where a zone was asked for. */
  readonly text: string
}

/**
 * Returns `now` in a time zone, or, where that is null, on this machine's clock.
 *
 * @throws CommandError where there is no such zone.
 */
export function dateInZone(now: Date, timezone: string | null): ZonedDate {
  const zone = timezone === null ? undefined : knownZone(timezone)
  const parts = new Intl.DateTimeFormat('en-US', {
    ...(zone !== undefined && { timeZone: zone }),
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value)
  const date = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    epoch: Math.floor(now.getTime() / 1000),
  }
  const two = (value: number): string => String(value).padStart(2, '0')
  // Python prints microseconds, and nothing where they are zero.
  const fraction =
    now.getMilliseconds() === 0 ? '' : `.${String(now.getMilliseconds()).padStart(3, '0')}000`
  const text =
    `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)} ` +
    `${two(date.hour)}:${two(date.minute)}:${two(date.second)}${fraction}`
  return { ...date, text: zone === undefined ? text : text + offset(date) }
}

function knownZone(name: string): string {
  for (const candidate of [name, name.toUpperCase()])
    try {
      return new Intl.DateTimeFormat('en-US', { timeZone: candidate }).resolvedOptions().timeZone
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  throw new CommandError(`Can't locate timezone: ${name}`)
}

function offset(date: Omit<ZonedDate, 'text'>): string {
  const { year, month, day, hour, minute, second, epoch } = date
  const shown = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  const minutes = Math.round((shown - epoch) / 60)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`
}
