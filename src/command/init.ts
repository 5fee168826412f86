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

export interface InitOptions {
  /** A folder of the template directory: `generic`, `config` or `multidb`; default `generic`. */
  readonly template?: string
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
  { template = 'generic' }: InitOptions = {},
): Promise<void> {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new CommandError(`Directory ${directory} already exists and is not empty`)
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
  const configFile = resolve(
    files.includes(SETTINGS_TEMPLATE)
      ? 'alembic.config.ts'
      : (config.configFileName ?? 'alembic.ini'),
  )
  for (const file of files) {
    const source = join(templateFolder, file)
    if (file === INI_TEMPLATE || file === SETTINGS_TEMPLATE) {
      const scriptLocation = locationFrom(configFile, directory, file === INI_TEMPLATE)
      writeConfig(config, source, configFile, scriptLocation)
    } else if (file !== 'README' || files.includes('env.ts')) {
      const target = resolve(directory, file)
      status(`Generating ${target}`, () => copyFileSync(source, target), messagingOpts)
    }
  }
  const what = configFile.endsWith('.ts')
    ? 'configuration and connection settings'
    : 'configuration/connection/logging settings'
  printMessage(`Please edit ${what} in ${configFile} before proceeding.`, messagingOpts)
}

function writeConfig(config: Config, source: string, target: string, scriptLocation: string): void {
  if (existsSync(target)) {
    printMessage(`File ${target} already exists, skipping`, config.messagingOpts)
    return
  }
  const eta = new Eta({ autoEscape: false, autoTrim: false })
  status(
    `Generating ${target}`,
    () => writeFileSync(target, eta.renderString(readFileSync(source, 'utf8'), { scriptLocation })),
    config.messagingOpts,
  )
}

/** A relative folder is written relative to the configuration file, so that the command works from anywhere. */
function locationFrom(configFile: string, directory: string, isIni: boolean): string {
  if (isAbsolute(directory)) return directory.split(sep).join('/')
  const path = relative(dirname(configFile), resolve(directory)).split(sep).join('/')
  return isIni ? `%(here)s/${path}` : path
}
