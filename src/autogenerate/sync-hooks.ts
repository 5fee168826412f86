import { CommandError } from '../errors/command-error.ts'
import type { AutogenerateOptions } from './options.ts'

/** Hooks that are asked again and again while something is compared or written, and so must answer at once. */
const SYNC_HOOKS = [
  'includeName',
  'includeObject',
  'compareType',
  'compareServerDefault',
  'renderItem',
] as const

type Hook = (...args: readonly unknown[]) => unknown

/** The options with hooks that throw CommandError where they give a promise: that would count as yes, or as nothing. */
export function withSyncHooks<Options extends AutogenerateOptions>(options: Options): Options {
  const given = SYNC_HOOKS.flatMap((name) => {
    const hook = options[name] as unknown
    return typeof hook === 'function' ? [[name, answeringAtOnce(name, hook as Hook)] as const] : []
  })
  return given.length === 0 ? options : { ...options, ...Object.fromEntries(given) }
}

function answeringAtOnce(option: string, hook: Hook): Hook {
  const asked: Hook = (...args) => {
    const answer = hook(...args)
    if (!(answer instanceof Promise)) return answer
    // The refusal is what counts.
    answer.catch(() => undefined)
    throw new CommandError(
      `${option} gave a promise, and must answer at once: find out what it needs before context.configure()`,
    )
  }
  // Log lines have the name of the user's function.
  return Object.defineProperty(asked, 'name', { value: hook.name })
}
