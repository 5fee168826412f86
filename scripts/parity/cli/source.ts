import { REFERENCE_DETECTIONS } from '../../../src/impl/detections.ts'
import type { EnvDescription, Operation, RevisionFile, SourceNode } from './transcript.ts'

type Options = Readonly<Record<string, unknown>>

/** The text of a revision file, with the fault that `broken` asks for. */
export function revisionSource(file: RevisionFile): string {
  const { broken } = file
  const names = {
    revision: file.id,
    downRevision: file.down,
    branchLabels: file.labels.length === 0 ? null : file.labels,
    dependsOn: file.deps,
  }
  const missing: Readonly<Record<string, readonly string[]>> = {
    no_revision: ['revision'],
    no_revision_hex: ['revision'],
    no_down_revision: ['downRevision'],
    only_two_names: ['branchLabels', 'dependsOn'],
  }
  const declarations = Object.entries(names)
    .filter(([name]) => !(missing[broken ?? ''] ?? []).includes(name))
    .map(([name, value]) => `export const ${name} = ${literal(value)}\n`)
  return [
    broken === 'no_docstring' ? '' : docComment(file),
    "import { op, sa } from 'alembic-ts'\n\n",
    ...declarations,
    broken === 'raises' ? `\nthrow new Error('broken on purpose')\n` : '',
    broken === 'no_upgrade' ? '' : functionSource('upgrade', file.upgrade),
    broken === 'no_downgrade' ? '' : functionSource('downgrade', file.downgrade),
    broken === 'syntax' ? '\nexport function (\n' : '',
  ].join('')
}

function docComment({ message, id, down, create_date: date }: RevisionFile): string {
  const lines = [
    ...message.split('\n'),
    '',
    `Revision ID: ${id}`,
    `Revises: ${[down ?? ''].flat().join(', ')}`,
    `Create Date: ${date}`,
  ]
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`
}

function functionSource(name: string, operations: readonly Operation[]): string {
  return `\nexport async function ${name}(): Promise<void> {\n${operations.map(operationSource).join('')}}\n`
}

function operationSource({ op, args = [], kw = {}, ops = [] }: Operation): string {
  switch (op) {
    case 'raise':
      return `  throw new Error(${literal(args[0])})\n`
    case 'print':
      return `  console.log(${literal(args[0])})\n`
    case 'autocommit_block':
      return `  await op.getContext().autocommitBlock(async () => {\n${ops.map(operationSource).join('')}  })\n`
    default:
      return `  await op.${camelCase(op)}(${argumentList(args, kw)})\n`
  }
}

/** The environment script that a transcript describes. */
export function envSource(env: EnvDescription, logging: boolean): string {
  const { configure = {}, metadata, report = [] } = env
  const options = Object.entries(configure).map(
    ([key, value]) => `${camelCase(key)}: ${literal(value)}`,
  )
  if (report.includes('applied')) options.push(`onVersionApply: reportApplied`)
  return `import { context, engineFromConfig, fileConfig, sa } from 'alembic-ts'

const config = context.config
${logging ? 'if (config.configFileName !== null) fileConfig(config.configFileName)' : ''}
${metadata === undefined ? 'const targetMetadata = null' : 'const targetMetadata = sa.MetaData()'}
${(metadata ?? []).map((table) => `${tableSource(table)}\n`).join('')}
${report.includes('x') ? X_REPORT : ''}
${report.includes('tag') ? TAG_REPORT : ''}
${report.includes('applied') ? APPLIED_REPORT : ''}
const options = { targetMetadata, detect: ${JSON.stringify(REFERENCE_DETECTIONS)}, ${options.join(', ')} }

if (context.isOfflineMode()) {
  const url = config.getMainOption('sqlalchemy.url')
  await context.configure({ url, literalBinds: true, dialectOpts: { paramstyle: 'named' }, ...options })
  await context.beginTransaction(() => context.runMigrations())
} else {
  const engine = engineFromConfig(config.getSection(config.configIniSection, {}), { prefix: 'sqlalchemy.' })
  const connection = await engine.connect()
  try {
    await context.configure({ connection, ...options })
    await context.beginTransaction(() => context.runMigrations())
  } finally {
    await connection.close()
  }
}
`
}

const X_REPORT = `
for (const argument of context.getXArgument()) console.log('x ' + argument)
for (const [key, value] of Object.entries(context.getXArgument({ asDictionary: true })).sort(([a], [b]) => a < b ? -1 : 1))
  console.log('x ' + key + ' = ' + value)`
const TAG_REPORT = `console.log('tag ' + (context.getTagArgument() ?? 'None'))`
const APPLIED_REPORT = `
function reportApplied({ step, heads }: any): void {
  const kind = (step.isUpgrade ? 'up' : 'down') + ' ' + (step.isStamp ? 'stamp' : 'migration')
  const ids = step.upRevisionIds.join(',') + ' <- ' + step.downRevisionIds.join(',')
  console.log('applied ' + kind + ' ' + ids + ' heads ' + [...heads].sort().join(','))
}`

function tableSource(table: SourceNode): string {
  const { name, items, kw } = table as unknown as { name: string; items: unknown[]; kw: Options }
  return `sa.Table(${[literal(name), 'targetMetadata', ...items.map(literal), ...options(kw)].join(', ')})`
}

/** A value of the vectors as TypeScript source. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return '$' in value ? nodeSource(value as SourceNode) : objectSource(value as Options)
}

function nodeSource(node: SourceNode): string {
  const {
    args = [],
    items = [],
    columns = [],
    kw = {},
  } = node as {
    args?: readonly unknown[]
    items?: readonly unknown[]
    columns?: unknown
    kw?: Options
  }
  const { name, type, sql } = node as { name?: unknown; type?: unknown; sql?: unknown }
  switch (node.$) {
    case 'type':
      return `sa.${String(name)}(${argumentList(args, kw)})`
    case 'Column':
      return `sa.Column(${argumentList([name, ...(type ? [type] : []), ...items], kw)})`
    case 'ForeignKey':
      return `sa.ForeignKey(${argumentList([node['target']], kw)})`
    case 'ForeignKeyConstraint':
      return `sa.ForeignKeyConstraint(${argumentList([columns, node['refcolumns']], kw)})`
    case 'PrimaryKeyConstraint':
    case 'UniqueConstraint':
      return `sa.${node.$}(${argumentList(columns as readonly unknown[], kw)})`
    case 'CheckConstraint':
      return `sa.CheckConstraint(${argumentList([sql], kw)})`
    case 'text':
      return `sa.text(${literal(sql)})`
    case 'func':
      return `sa.func.${String(name)}(${args.map(literal).join(', ')})`
    case 'column':
      return `sa.column(${literal(name)})`
    default:
      throw new TypeError(`no source for a node '${node.$}'`)
  }
}

function argumentList(args: readonly unknown[], kw: Options): string {
  return [...args.map(literal), ...options(kw)].join(', ')
}

function options(kw: Options): string[] {
  return Object.keys(kw).length === 0 ? [] : [objectSource(kw)]
}

function objectSource(object: Options): string {
  return `{ ${Object.entries(object)
    .map(([key, value]) => `${camelCase(key)}: ${literal(value)}`)
    .join(', ')} }`
}

function camelCase(name: string): string {
  return name
    .replace(/_+$/, '')
    .replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}
