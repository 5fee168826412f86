import type { LogRecord } from '../util/logging.ts'

/** Renders a record by a format of Python's `logging`: `%(levelname)-5.5s`, `%(name)s`, `%(message)s`, `%(asctime)s`. */
export function formatRecord(
  format: string,
  dateFormat: string | undefined,
  record: LogRecord,
): string {
  const values: Readonly<Record<string, string>> = {
    levelname: record.level,
    name: record.logger,
    message: record.message,
    asctime: formatDate(dateFormat, record.time),
    process: String(process.pid),
  }
  return format.replace(
    /%(?:%|\((\w+)\)(-?)(\d*)(?:\.(\d+))?[sd])/g,
    (found: string, name?: string, left?: string, width?: string, longest?: string) => {
      if (name === undefined) return '%'
      const value = values[name]
      if (value === undefined) return found
      const cut = longest === undefined ? value : value.slice(0, Number(longest))
      return left === '-' ? cut.padEnd(Number(width)) : cut.padStart(Number(width))
    },
  )
}

function formatDate(format: string | undefined, time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const parts: Readonly<Record<string, string>> = {
    '%Y': String(time.getFullYear()),
    '%m': two(time.getMonth() + 1),
    '%d': two(time.getDate()),
    '%H': two(time.getHours()),
    '%M': two(time.getMinutes()),
    '%S': two(time.getSeconds()),
    '%%': '%',
  }
  const milliseconds =
    format === undefined ? `,${String(time.getMilliseconds()).padStart(3, '0')}` : ''
  return (
    (format ?? '%Y-%m-%d %H:%M:%S').replace(/%./g, (part) => parts[part] ?? part) + milliseconds
  )
}
