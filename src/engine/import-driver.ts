import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DriverMissingError } from '../errors/driver-error.ts'

/**
 * Imports a database driver, from where this package is installed or else from the working directory's project, so that
 * a global install finds the project's drivers.
 *
 * Throws DriverMissingError with the install command.
 */
export async function importDriver<Module>(packageName: string): Promise<Module> {
  try {
    return await load<Module>(packageName)
  } catch (error) {
    if (!isMissing(error, packageName)) throw unusable(packageName, error)
  }
  const path = resolveFromWorkingDirectory(packageName)
  if (path === undefined) {
    throw new DriverMissingError(
      `The database driver '${packageName}' is not installed. Install it with: npm install ${packageName}`,
    )
  }
  try {
    return await load<Module>(pathToFileURL(path).href)
  } catch (error) {
    throw unusable(packageName, error)
  }
}

async function load<Module>(specifier: string): Promise<Module> {
  // A CommonJS package is the default export of its namespace.
  const namespace = (await import(specifier)) as { readonly default?: unknown }
  return (namespace.default ?? namespace) as Module
}

function isMissing(error: unknown, packageName: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(`'${packageName}'`)
  )
}

function resolveFromWorkingDirectory(packageName: string): string | undefined {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(packageName)
  } catch {
    return undefined
  }
}

function unusable(packageName: string, cause: unknown): DriverMissingError {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
  return new DriverMissingError(
    `The database driver '${packageName}' is installed but can't be loaded: ${reason}. Try: npm rebuild ${packageName}`,
    { cause },
  )
}
