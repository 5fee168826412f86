import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { envSource, revisionSource } from './source.ts'
import type { Transcript, TranscriptFile } from './transcript.ts'

const TEMPLATE = 'templates/generic'

/** Writes the files that a transcript starts from into `folder`; `url` stands for `<URL>`. */
export function writeProject({ config, files }: Transcript, folder: string, url: string): void {
  const fill = (text: string): string => text.replaceAll('<DIR>', folder).replaceAll('<URL>', url)
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (config.main !== null && config.main !== undefined)
    write(config.file ?? 'alembic.ini', fill(iniText(config)))
  if (config.toml !== undefined) write('pyproject.toml', fill(tomlText(config.toml)))
  if (config.script_dir !== false) {
    mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
    const { env = {} } = config
    if (env.missing !== true) write('alembic/env.ts', envSource(env, config.logging !== false))
    if (env.no_template !== true)
      write('alembic/script.ts.eta', readFileSync(`${TEMPLATE}/script.ts.eta`, 'utf8'))
  }
  for (const [path, file] of Object.entries(files)) {
    if ('dir' in file) mkdirSync(join(folder, path), { recursive: true })
    else write(fileName(path, file), 'text' in file ? fill(file.text) : revisionSource(file))
  }
}

/** A revision's path in the vectors has no extension. */
export function fileName(path: string, file: TranscriptFile): string {
  return 'id' in file && extname(path) !== '.ts' ? `${path}.ts` : path
}

function iniText({ main, sections = {}, logging = 'INFO' }: Transcript['config']): string {
  const section = (name: string, options: Readonly<Record<string, string>>): string =>
    `[${name}]\n${Object.entries(options)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join('')}\n`
  const stock = readFileSync(`${TEMPLATE}/alembic.ini.eta`, 'utf8')
  const loggingSections = stock.slice(stock.indexOf('[loggers]'))
  return [
    section('alembic', main ?? {}),
    ...Object.entries(sections).map(([name, options]) => section(name, options)),
    logging === false ? '' : loggingSections.replace('level = INFO', `level = ${logging}`),
  ].join('')
}

function tomlText(table: Readonly<Record<string, unknown>>): string {
  const value = (raw: unknown): string =>
    typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      ? `{ ${Object.entries(raw)
          .map(([key, inner]) => `${JSON.stringify(key)} = ${value(inner)}`)
          .join(', ')} }`
      : Array.isArray(raw)
        ? `[${raw.map(value).join(', ')}]`
        : JSON.stringify(raw)
  const lines = Object.entries(table).map(
    ([key, raw]) => `${JSON.stringify(key)} = ${value(raw)}\n`,
  )
  return `[tool.alembic]\n${lines.join('')}`
}
