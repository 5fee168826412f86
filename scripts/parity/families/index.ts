import type { ParityFamily } from '../family.ts'

type Case = Record<string, unknown>

/** A family before its code is loaded. */
export interface FamilyEntry {
  readonly name: string
  /** A cheap look at the shape of the first case, so that only the family in question is imported. */
  looksLike(firstCase: Case): boolean
  /** Files that share a lane run one after the other: they use the same databases of a server. Default: a lane each. */
  lane?(firstCase: Case): string
  load(): Promise<Record<string, unknown>>
}

const has =
  (...keys: readonly string[]) =>
  (firstCase: Case): boolean =>
    keys.every((key) => key in firstCase)

/** The server that a case runs on: `mysql` is the MariaDB server through another dialect. */
const server = (firstCase: Case): string =>
  firstCase['server'] === 'mysql' ? 'mariadb' : String(firstCase['server'])

const entries: readonly FamilyEntry[] = [
  { name: 'ops', looksLike: has('dialect', 'steps', 'expect'), load: () => import('./ops.ts') },
  { name: 'graph', looksLike: has('revisions', 'queries'), load: () => import('./graph.ts') },
  { name: 'cli', looksLike: has('files', 'steps'), load: () => import('./cli.ts') },
  {
    name: 'reflect',
    looksLike: has('ddl', 'inspect'),
    lane: server,
    load: () => import('./reflect.ts'),
  },
  {
    name: 'autogen',
    looksLike: (firstCase) =>
      has('before', 'after')(firstCase) ||
      has('changed', 'models')(firstCase) ||
      has('changed', 'inspector', 'metadata')(firstCase),
    lane: server,
    load: () => import('./autogen.ts'),
  },
]

/** The family that the shape of `firstCase` belongs to. */
export function findFamily(firstCase: Case): FamilyEntry | undefined {
  return entries.find((entry) => entry.looksLike(firstCase))
}

/** Imports the family's module: what it exports with a `name`, `matches` and `run` is the family. */
export async function loadFamily(entry: FamilyEntry): Promise<ParityFamily> {
  const family = Object.values(await entry.load()).find(isFamily)
  if (family === undefined) throw new TypeError(`families/${entry.name}.ts exports no ParityFamily`)
  return family
}

function isFamily(value: unknown): value is ParityFamily {
  if (typeof value !== 'object' || value === null) return false
  const family = value as Partial<ParityFamily>
  return typeof family.matches === 'function' && typeof family.run === 'function'
}
