import { ReflectionError } from '../errors/reflection-error.ts'

/** The error of a view that the server can't make sense of any more. */
export function unreadableView(name: string, options?: { readonly cause: Error }): ReflectionError {
  const words = options === undefined ? '' : ` (${options.cause.message})`
  return new ReflectionError(
    `View '${name}' can't be read: it names tables or columns that are gone${words}; make it anew, or drop it`,
    options,
  )
}
