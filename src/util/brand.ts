/**
 * Makes `instanceof` recognise objects of another copy of this package: an app and a tool in one process may each have
 * brought their own, and a table that one of them made must still be a table to the other.
 *
 * @example
 * class Table {
 *   static {
 *     brand(this, 'Table')
 *   }
 * }
 */
export function brand(branded: abstract new (...args: never[]) => object, name: string): void {
  const mark = Symbol.for(`alembic-ts.${name}`)
  Object.defineProperty(branded.prototype, mark, { value: true })
  Object.defineProperty(branded, Symbol.hasInstance, {
    value(this: object, object: unknown): boolean {
      // A class that is derived from this one has its own, narrower meaning.
      if (!Object.hasOwn(this, Symbol.hasInstance)) {
        return Function.prototype[Symbol.hasInstance].call(this, object)
      }
      return typeof object === 'object' && object !== null && mark in object
    },
  })
}
