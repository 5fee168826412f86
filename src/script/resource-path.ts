import { createRequire } from 'node:module'
import { dirname, isAbsolute, join } from 'node:path'
import { ConfigError } from '../errors/config-error.ts'

/**
 * Returns a path as it is, and of the form `package:folder/file` the path inside of an installed package.
 *
 * @throws ConfigError where the package is not installed.
 */
export function resourcePath(location: string): string {
  if (isAbsolute(location) || !location.includes(':')) return location
  const [packageName = '', ...parts] = location.split(':')
  try {
    const require = createRequire(join(process.cwd(), 'index.js'))
    return join(dirname(require.resolve(`${packageName}/package.json`)), ...parts)
  } catch (error) {
    throw new ConfigError(
      `'${location}' names the package '${packageName}', which is not installed`,
      { cause: error },
    )
  }
}
