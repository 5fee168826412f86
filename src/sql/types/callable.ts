/** Unlike `ConstructorParameters`, also for a constructor that takes nothing but a readonly list. */
type ArgumentsOf<C> = C extends abstract new (
  ...args: infer A extends readonly unknown[]
) => unknown
  ? A
  : never

/** A class that can also be called without `new`, as the reference's constructors are. */
export type Callable<C extends abstract new (...args: never[]) => unknown> = C &
  ((...args: ArgumentsOf<C>) => InstanceType<C>)

/** Lets `cls` be called without `new`; `instanceof`, `new` and subclassing work as before. */
export function callable<C extends new (...args: never[]) => object>(cls: C): Callable<C> {
  const proxy: Callable<C> = new Proxy(cls, {
    apply: (target, _receiver, args) => Reflect.construct(target, args) as object,
    // V8 gives every object that is made with a proxy as `new.target` a hidden class of its own: slow from there on.
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object,
  }) as Callable<C>
  return proxy
}
