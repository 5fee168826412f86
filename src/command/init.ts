import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Eta } from 'eta'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { printMessage, status } from '../util/messaging.ts'

const INI_TEMPLATE = 'alembic.ini.eta'
const SETTINGS_TEMPLATE = 'alembic.config.ts.eta'
const ES_MODULES = '{ "private": true, "type": "module" }\n'

export interface InitOptions {
  /** A folder of the template directory: `generic`, `config` or `multidb`; default `generic`. */
  readonly template?: string
  /** Make the folder a package of ES modules, whatever the project around it is; default false. */
  readonly package?: boolean
}

export interface InitResult {
  /** Absolute path of the new environment. */
  readonly directory: string
  /** Absolute path of the configuration file, which may have been there before. */
  readonly configFile: string
  /** Absolute paths of the files that were written. */
  readonly created: readonly string[]
}

/**
 * Makes a new migration environment in `directory`, and the configuration file if it is not there.
 *
 * @example
 * await init(new Config({ file: 'alembic.ini' }), 'alembic')
 */
export async function init(
  config: Config,
  directory: string,
  { template = 'generic', package: isPackage = false }: InitOptions = {},
): Promise<InitResult> {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new CommandError(`Directory ${directory} already exists and is not empty`)
  // The name of a folder among the templates, and no way to somewhere else.
  if (!/^[^\\/\0]+$/.test(template) || /^\.+$/.test(template)) {
    throw new CommandError(
      `${JSON.stringify(template)} is no name of a template; alembic list_templates lists them`,
    )
  }
  const templateFolder = join(config.getTemplateDirectory(), template)
  if (!existsSync(templateFolder)) throw new CommandError(`No such template ${templateFolder}`)

  const { messagingOpts } = config
  for (const folder of [resolve(directory), resolve(directory, 'versions')])
    if (!existsSync(folder))
      status(
        `Creating directory ${folder}`,
        () => mkdirSync(folder, { recursive: true }),
        messagingOpts,
      )

  const files = readdirSync(templateFolder).toSorted()
  const given = resolve(config.configFileName ?? 'alembic.ini')
  const isTypescript = files.includes(SETTINGS_TEMPLATE) && !given.endsWith('.ts')
  const configFile = isTypescript ? join(dirname(given), 'alembic.config.ts') : given
  const created: string[] = []
  for (const file of files) {
    const source = join(templateFolder, file)
    if (file === INI_TEMPLATE || file === SETTINGS_TEMPLATE) {
      const scriptLocation = locationFrom(configFile, directory, file === INI_TEMPLATE)
      if (writeConfig(config, source, configFile, scriptLocation)) created.push(configFile)
    } else if (file !== 'README' || files.includes('env.ts')) {
      const target = resolve(directory, file)
      status(`Generating ${target}`, () => copyFileSync(source, target), messagingOpts)
      created.push(target)
    }
  }
  if (isPackage) {
    const target = resolve(directory, 'package.json')
    status(`Adding ${target}`, () => writeFileSync(target, ES_MODULES), messagingOpts)
    created.push(target)
  }
  const what = configFile.endsWith('.ts')
    ? 'configuration and connection settings'
    : 'configuration/connection/logging settings'
  printMessage(`Please edit ${what} in ${configFile} before proceeding.`, messagingOpts)
  return { directory: resolve(directory), configFile, created }
}

/** Returns whether it was written. */
function writeConfig(
  config: Config,
  source: string,
  target: string,
  scriptLocation: string,
): boolean {
  if (existsSync(target)) {
    printMessage(`File ${target} already exists, skipping`, config.messagingOpts)
    return false
  }
  const eta = new Eta({ autoEscape: false, autoTrim: false })
  status(
    `Generating ${target}`,
    () => writeFileSync(target, eta.renderString(readFileSync(source, 'utf8'), { scriptLocation })),
    config.messagingOpts,
  )
  return true
}

/** A relative folder is written relative to the configuration file, so that the command works from anywhere. */
function locationFrom(configFile: string, directory: string, isIni: boolean): string {
  if (isAbsolute(directory)) return directory.split(sep).join('/')
  const path = relative(dirname(configFile), resolve(directory)).split(sep).join('/')
  return isIni ? `%(here)s/${path}` : path
}
