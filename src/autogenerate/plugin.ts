import { CommandError } from '../errors/command-error.ts'
import { ConfigError } from '../errors/config-error.ts'
import { getLogger } from '../util/logging.ts'
import type { AutogenContext } from './autogen-context.ts'
import type { Comparator, ComparatorOptions, Comparators, CompareTarget } from './comparators.ts'

const log = getLogger('alembic.runtime.plugins')
const plugins = new Map<string, Plugin>()

/**
 * A named list of comparators, which `autogeneratePlugins` switches on and off.
 *
 * @example
 * const plugin = new Plugin('myproject.views')
 * plugin.addAutogenerateComparator(compareViews, 'schema', { subgroup: 'views' })
 */
export class Plugin {
  readonly name: string
  readonly #registrations: ((comparators: Comparators<AutogenContext>) => void)[] = []

  /** Throws ConfigError where a plugin of that name is there already. */
  constructor(name: string) {
    if (plugins.has(name)) throw new ConfigError(`A plugin named ${name} is already registered`)
    this.name = name
    plugins.set(name, this)
  }

  /** Takes the plugin out. */
  remove(): void {
    plugins.delete(this.name)
  }

  /** Adds a function that compares what `target` says: the whole run, a schema, a table or a column. */
  addAutogenerateComparator<Target extends CompareTarget>(
    compare: Comparator<AutogenContext, Target>,
    target: Target,
    options: ComparatorOptions<AutogenContext> = {},
  ): void {
    this.#registrations.push((comparators) => {
      comparators.add(target, compare, options)
    })
  }

  /** Adds the comparators of this plugin to those of a run. */
  populate(comparators: Comparators<AutogenContext>): void {
    for (const register of this.#registrations) register(comparators)
  }

  /** Makes a plugin of a module that exports `setup(plugin)`. */
  static setupPluginFromModule(
    module: { readonly setup: (plugin: Plugin) => void },
    name: string,
  ): Plugin {
    log.info(`setup plugin ${name}`)
    const plugin = new Plugin(name)
    module.setup(plugin)
    return plugin
  }
}

/**
 * Adds the comparators of all plugins that the patterns ask for.
 *
 * @throws CommandError where a pattern finds none
 */
export function populateComparators(
  comparators: Comparators<AutogenContext>,
  patterns: readonly string[],
): void {
  const excluded = patterns
    .filter((pattern) => pattern.startsWith('~'))
    .map((pattern) => patternOf(pattern.slice(1)))
  const unmatched = new Map(
    patterns
      .filter((pattern) => !pattern.startsWith('~'))
      .map((pattern) => [pattern, patternOf(pattern)]),
  )
  const included = [...unmatched]
  for (const plugin of plugins.values()) {
    if (excluded.some((pattern) => pattern.test(plugin.name))) continue
    const matching = included.filter(([, pattern]) => pattern.test(plugin.name))
    if (matching.length === 0) continue
    for (const [pattern] of matching) unmatched.delete(pattern)
    log.info(`setting up autogenerate plugin ${plugin.name}`)
    plugin.populate(comparators)
  }
  if (unmatched.size > 0) {
    throw new CommandError(`Did not locate plugins: ${[...unmatched.keys()].join(', ')}`)
  }
}

function patternOf(expression: string): RegExp {
  const parts = expression.split('.').map((token) => {
    if (token === '*') return String.raw`\..+?`
    if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(token)) return String.raw`\.${token}`
    throw new ConfigError(`Invalid plugin expression '${expression}'`)
  })
  return new RegExp(`^${parts.join('').slice(2)}$`, 'u')
}
