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
    // Asked some hundred times for a table, hence in this order and without Object.hasOwn(), which a callable class, a
    // proxy, answers slowly.
    value(this: { readonly prototype: object }, object: unknown): boolean {
      if (typeof object !== 'object' || object === null) return false
      // A class that is derived from this one has its own, narrower meaning.
      if (this.prototype !== branded.prototype) {
        return Function.prototype[Symbol.hasInstance].call(this, object)
      }
      return (object as { readonly [mark]?: unknown })[mark] === true
    },
  })
}
