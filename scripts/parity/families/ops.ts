import { createImpl } from '../../../src/impl/registry.ts'
import type { BatchOperations } from '../../../src/operations/batch-alter-table.ts'
import type { MigrationContextLike } from '../../../src/operations/run-context.ts'
import { operationsOf, type Operations } from '../../../src/operations/operations.ts'
import { createOperationContext } from '../../../src/runtime/operation-scope.ts'
import { MigrationQueue } from '../../../src/runtime/queue.ts'
import * as sa from '../../../src/sa.ts'
import type { Dialect } from '../../../src/sql/compile/dialect.ts'
import type { CaseResult, ParityFamily } from '../family.ts'
import { camelCase, readTypeNode, type TypeNode } from '../nodes/types.ts'
import { functionName, readArguments, type OperationStep } from '../ops/arguments.ts'
import { readBatchOptions } from '../ops/batch-arguments.ts'
import { liveCapture, scriptCapture } from '../ops/capture.ts'
import { createCaseDialect } from '../ops/dialects.ts'
import { isNode, readValue, type Keywords } from '../values.ts'

/** A case of `ops/`. */
interface OpsCase {
  readonly id: string
  readonly dialect: string
  readonly context: {
    readonly via: 'configure' | 'op_fixture'
    readonly as_sql: boolean
    readonly naming_convention: Keywords | null
    readonly opts: Readonly<Record<string, unknown>>
  }
  readonly steps: readonly OperationStep[]
  readonly expect: readonly string[]
  readonly error?: { readonly type: string; readonly message: string | null }
  readonly type_sql?: string
  readonly type_error?: unknown
}

interface Outcome {
  readonly emitted: readonly string[]
  /** Index of the step that failed. */
  readonly failedStep: number | undefined
  readonly error: unknown
}

/** Operations and the SQL that they emit. */
export const ops: ParityFamily = {
  name: 'ops',

  matches: (firstCase) => 'dialect' in firstCase && 'steps' in firstCase && 'expect' in firstCase,

  async *run(cases): AsyncGenerator<CaseResult> {
    // What the reference warns of is no part of the comparison.
    process.removeAllListeners('warning').on('warning', () => undefined)
    for (const testCase of cases as readonly unknown[] as readonly OpsCase[]) {
      yield await attempt(testCase)
    }
  },
}

async function attempt(testCase: OpsCase): Promise<CaseResult> {
  const { id } = testCase
  try {
    const { dialect: name, context } = testCase
    const dialect = await createCaseDialect(name, context.opts)
    const outcome = await runSteps(testCase, dialect)
    return judge(testCase, outcome) ?? judgeType(testCase, dialect) ?? { id, passed: true }
  } catch (error) {
    return { id, passed: false, message: messageOf(error) }
  }
}

async function runSteps({ context, steps }: OpsCase, dialect: Dialect): Promise<Outcome> {
  const emitted: string[] = []
  const operations = makeOperations(context, dialect, emitted)
  for (const [failedStep, step] of steps.entries()) {
    try {
      await runStep(operations, step)
    } catch (error) {
      return { emitted, failedStep, error }
    }
  }
  return { emitted, failedStep: undefined, error: undefined }
}

function makeOperations(
  context: OpsCase['context'],
  dialect: Dialect,
  emitted: string[],
): Operations {
  const { as_sql: asSql, naming_convention: namingConvention } = context
  const { dialect_opts: _, dialect_attrs: __, native_boolean: ___, ...rest } = context.opts
  const opts = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [camelCase(key), readValue(value)]),
  )
  const sink = asSql ? scriptCapture(emitted) : liveCapture(emitted, dialect)
  const impl = createImpl(dialect, sink, opts)
  const targetMetadata = namingConvention === null ? null : sa.MetaData({ namingConvention })
  const migrationContext: MigrationContextLike = {
    asSql,
    connection: null,
    bind: null,
    dialect,
    opts: { ...opts, targetMetadata },
    autocommitBlock: async (body) => await body(),
  }
  const scope = { ...migrationContext, impl }
  return operationsOf(createOperationContext(scope as never, new MigrationQueue()))
}

async function runStep(operations: Operations, step: OperationStep): Promise<void> {
  if (step.op === 'batch_alter_table') {
    const name = readValue(step.args[0]) as string
    await operations.batchAlterTable(name, readBatchOptions(step), async (batchOp) => {
      for (const inner of step.body ?? []) await call(batchOp, inner, true)
    })
    return
  }
  await call(operations, step, false)
}

async function call(
  facade: Operations | BatchOperations,
  step: OperationStep,
  inBatch: boolean,
): Promise<void> {
  const directives = facade as unknown as Record<string, (...args: readonly unknown[]) => unknown>
  const directive = directives[functionName(step.op)]
  if (directive === undefined) throw new TypeError(`there is no operation ${step.op}`)
  await directive(...readArguments(step, inBatch))
}

function judge(testCase: OpsCase, outcome: Outcome): CaseResult | undefined {
  const { id } = testCase
  const expected = testCase.expect.map(fold)
  const actual = outcome.emitted.map(fold)
  const values = { expected, actual }
  const lastStep = testCase.steps.length - 1
  if (testCase.error === undefined && outcome.failedStep !== undefined) {
    return { id, passed: false, message: messageOf(outcome.error), ...values }
  }
  if (testCase.error !== undefined && outcome.failedStep !== lastStep) {
    const wanted = `${testCase.error.type}: ${testCase.error.message}`
    const got = outcome.failedStep === undefined ? 'none' : messageOf(outcome.error)
    return { id, passed: false, message: `expected error ${wanted}; got ${got}`, ...values }
  }
  if (JSON.stringify(expected) === JSON.stringify(actual)) return undefined
  return { id, passed: false, ...values }
}

/** Compares the bare type of the only column, where the case is about types. */
function judgeType(testCase: OpsCase, dialect: Dialect): CaseResult | undefined {
  const { id, type_sql: expected, type_error: typeError } = testCase
  if (expected === undefined && typeError === undefined) return undefined
  const column = testCase.steps
    .flatMap(({ args }) => args)
    .find((arg) => isNode(arg) && 'type' in arg)
  const node = (column as { readonly type: TypeNode }).type
  let actual: string
  try {
    actual = fold(dialect.types.compile(readTypeNode(node)!))
  } catch (error) {
    if (typeError !== undefined) return undefined
    return { id, passed: false, message: messageOf(error), expected }
  }
  if (typeError === undefined && actual === fold(expected ?? '')) return undefined
  return { id, passed: false, message: 'the bare type', expected: expected ?? typeError, actual }
}

/** Runs of white space as one space, the ends trimmed. */
function fold(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
