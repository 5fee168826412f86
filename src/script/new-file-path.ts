import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, parse, relative } from 'node:path'
import { CommandError } from '../errors/command-error.ts'

// Windows opens the device whatever stands behind the dot: "Naming Files, Paths, and Namespaces", Windows documentation.
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

// oxlint-disable-next-line no-control-regex -- those are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/

/**
 * Returns the absolute path of a new file in `folder`, which may stand in a folder below it.
 *
 * @throws CommandError where the file template, or a symbolic link on the way, leads out of `folder`, and for a name that no
 * file should have
 */
export function newFilePath(folder: string, name: string): string {
  const path = join(folder, name)
  if (!isInside(folder, path)) {
    throw new CommandError(`file_template makes ${printable(path)}, which is not in ${folder}`)
  }
  if (CONTROL.test(name)) {
    throw new CommandError(
      `A file can't be called ${printable(name)}; choose another revision id, message or file_template`,
    )
  }
  const [device] = parse(path).name.split('.')
  if (device !== undefined && DEVICE.test(device)) {
    throw new CommandError(
      `A file can't be called ${name}: Windows has a device of that name; choose another message or file_template`,
    )
  }
  const [there, base] = [realPath(dirname(path)), realPath(folder)]
  if (there !== base && !isInside(base, there)) {
    throw new CommandError(
      `file_template makes ${path}, where a symbolic link leads out of ${folder}, to ${there}`,
    )
  }
  return path
}

/** Whether a path is below a folder, as they are written. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

/** Without symbolic links, as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const above = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) return path
    return join(realPath(above), relative(above, path))
  }
}

function printable(text: string): string {
  return CONTROL.test(text) ? JSON.stringify(text) : text
}
