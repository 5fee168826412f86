import type { SourceWriter } from '../render/source-writer.ts'
import type { OperationClass } from './invoke.ts'
import { MigrateOperation } from './migrate-operation.ts'

/** Writes an operation as source; lines that it returns are added as they are. */
export type OperationRenderer<O extends MigrateOperation<unknown>> = (
  operation: O,
  writer: SourceWriter,
) => string | readonly string[] | void

const renderers = new Map<OperationClass, OperationRenderer<never>>()

/**
 * Registers how operations of a class, and of classes derived from it, are written into migrations, in place of their
 * own `render()`.
 *
 * @example
 * rendererFor(CreateViewOp, (op) => `await op.createView('${op.name}', '${op.definition}')`)
 */
export function rendererFor<O extends MigrateOperation<unknown>>(
  operationClass: OperationClass<O>,
  renderer: OperationRenderer<O>,
): void {
  renderers.set(operationClass, renderer)
}

/** Those that JavaScript has no word for as well: linters object to them in comments. */
const BLANKS = /[\s\u0085\u180E\u200B]+/g

/** Writes an operation as source: as registered for its class or the nearest ancestor, else by its own `render()`. */
export function renderOperation(operation: MigrateOperation<unknown>, writer: SourceWriter): void {
  const renderer = rendererOf(operation)
  for (const comment of operation.comments) writer.text(`// ${comment.replaceAll(BLANKS, ' ')}`)
  if (renderer === undefined) {
    operation.render(writer)
    return
  }
  const lines = renderer(operation as never, writer)
  if (lines === undefined) return
  for (const line of [lines].flat()) writer.text(line)
}

function rendererOf(operation: MigrateOperation<unknown>): OperationRenderer<never> | undefined {
  let prototype = Object.getPrototypeOf(operation) as object | null
  while (prototype !== null && prototype !== MigrateOperation.prototype) {
    const found = renderers.get(prototype.constructor as OperationClass)
    if (found !== undefined) return found
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
  return undefined
}
