import { CommandError } from '../../errors/command-error.ts'
import { getLogger } from '../../util/logging.ts'
import { renameLabel, type Rename, type RenameKind } from './rename.ts'
import type { RenameLedger } from './rename-ledger.ts'
import type { RenameRequest } from './requests.ts'

const log = getLogger('alembic.autogenerate.compare.tables')

/** The names of the tables of a schema, or of the columns of a table, on both sides. */
export interface NamesThere {
  readonly kind: RenameKind
  readonly schema: string | null
  /** The columns' table. */
  readonly table: string | null
  /** What the database has. */
  readonly there: ReadonlySet<string>
  /** What the models have, each with the name that they say it had. */
  readonly wanted: ReadonlyMap<string, string | null>
}

/** The renames that somebody wrote down, in the models or beside them. */
export class WrittenRenames {
  readonly #requests: readonly RenameRequest[]
  readonly #used = new Set<RenameRequest>()
  /** Tables by the label that they had. */
  readonly #renamedTables = new Map<string, string>()
  /** What only the database has: what could have been meant. */
  readonly #surplus: string[] = []
  /** The table of the columns that are requested without one. */
  readonly #tableOf = new Map<RenameRequest, string>()

  constructor(requests: readonly RenameRequest[]) {
    this.#requests = requests
  }

  /** Looks for the tables of the columns that are requested without one. Throws CommandError where there are several. */
  placeColumns(tables: readonly NamesThere[]): void {
    for (const request of this.#requests) {
      if (this.#used.has(request) || request.from.includes('.')) continue
      const fitting = tables.filter(
        ({ there, wanted }) => there.has(request.from) && wanted.has(request.to),
      )
      const missing = fitting.filter(({ there }) => !there.has(request.to))
      const [place, ...others] = missing.length > 0 ? missing : fitting
      if (place === undefined) continue
      if (others.length > 0) {
        const places = [place, ...others].map((one) => `${labelOf(one)}.${request.text}`)
        throw new CommandError(
          `several tables have a column '${request.from}' that may be renamed to '${request.to}'; say which: ${places.join(', ')}`,
        )
      }
      this.#tableOf.set(request, labelOf(place))
    }
  }

  /** Whether there are requests that could exchange names which both sides have. */
  get hasOpenRequests(): boolean {
    return this.#requests.some((request) => request.isRequired && !this.#used.has(request))
  }

  /** The renames among these names. */
  of(names: NamesThere): Rename[] {
    const { kind, schema, there, wanted } = names
    const asked = [...this.#modelRenames(names), ...this.#requestsFor(names)]
    const renames: (Rename & { readonly request: RenameRequest | null })[] = []
    for (const { from, to, request } of asked) {
      const isTaken = renames.some((one) => one.from === from || one.to === to)
      if (isTaken || !there.has(from) || !wanted.has(to)) continue
      // What is said once and for all is done already where both names are in use.
      if (request?.isRequired !== true && (wanted.has(from) || there.has(to))) continue
      const table = kind === 'table' ? to : (names.table ?? '')
      renames.push({ kind, schema, table, from, to, request })
    }
    // What is there keeps its name, unless it is renamed itself.
    const left = new Set(renames.map(({ from }) => from))
    const valid = renames.filter(({ to }) => !there.has(to) || left.has(to))
    for (const { request } of valid) if (request !== null) this.#used.add(request)
    for (const rename of valid) {
      if (kind === 'table') this.#renamedTables.set(label(schema, rename.to), renameLabel(rename))
    }
    this.#noteSurplus(names)
    return valid.map(({ request: _request, ...rename }) => rename)
  }

  /** What the models say, where it still holds. */
  #modelRenames(names: NamesThere): Asked[] {
    const asked: Asked[] = []
    for (const [to, from] of names.wanted) {
      if (from === null || names.there.has(to)) continue
      if (names.there.has(from) && !names.wanted.has(from)) {
        asked.push({ from, to, request: null })
        continue
      }
      const why = names.wanted.has(from) ? 'the models still have it' : 'the database has none'
      log.info(`Ignoring renamedFrom '${from}' of ${names.kind} '${to}': ${why}`)
    }
    return asked
  }

  #requestsFor(names: NamesThere): Asked[] {
    const labels = this.#labelsOf(names)
    return this.#requests.flatMap((request) => {
      const { from, to } = request
      if (this.#used.has(request)) return []
      if (this.#tableOf.get(request) === labelOf(names)) return [{ from, to, request }]
      const place = labels.find((one) => from.startsWith(`${one}.`))
      const name = place === undefined ? from : from.slice(place.length + 1)
      const isHere = place !== undefined || (names.kind === 'table' && names.schema === null)
      return isHere ? [{ from: name, to: withoutPlace(to, labels), request }] : []
    })
  }

  /** What may stand in front of the names. */
  #labelsOf({ kind, schema, table }: NamesThere): string[] {
    if (kind === 'table') return schema === null ? [] : [schema]
    const own = label(schema, table ?? '')
    return [own, this.#renamedTables.get(own), table].filter((one) => typeof one === 'string')
  }

  #noteSurplus(names: NamesThere): void {
    const place = names.kind === 'table' ? names.schema : labelOf(names)
    for (const name of names.there) {
      if (!names.wanted.has(name)) this.#surplus.push(label(place, name))
    }
  }

  /** Tells what became of the requests that must be followed. */
  report(ledger: RenameLedger): void {
    const required = this.#requests.filter(({ isRequired }) => isRequired)
    ledger.note(
      required.map((request) => ({ ...request, isUsed: this.#used.has(request) })),
      this.#surplus,
    )
  }
}

interface Asked {
  readonly from: string
  readonly to: string
  readonly request: RenameRequest | null
}

function label(place: string | null, name: string): string {
  return place === null ? name : `${place}.${name}`
}

function labelOf({ schema, table }: NamesThere): string {
  return label(schema, table ?? '')
}

function withoutPlace(name: string, places: readonly string[]): string {
  const place = places.find((one) => name.startsWith(`${one}.`))
  return place === undefined ? name : name.slice(place.length + 1)
}
