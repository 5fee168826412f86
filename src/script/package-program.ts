import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Returns the JavaScript file of a program that a package installs, looking from `folder` upwards; null where there is none.
 *
 * It is run by this Node itself, which works on every system without a shell.
 */
export function findPackageProgram(
  program: string,
  packageName: string,
  folder: string,
): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const found =
      programOfPackage(join(at, 'node_modules', packageName), program) ??
      linkedProgram(join(at, 'node_modules', '.bin', program))
    if (found !== null || dirname(at) === at) return found
  }
}

function programOfPackage(folder: string, program: string): string | null {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return null
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly bin?: string | Readonly<Record<string, string>>
  }
  const file = typeof bin === 'string' ? bin : bin?.[program]
  return file === undefined ? null : join(folder, file)
}

/** A package may have another name than its program; on systems with links, `.bin` tells the file. */
function linkedProgram(link: string): string | null {
  if (!existsSync(link)) return null
  const file = realpathSync(link)
  return file === link ? null : file
}
