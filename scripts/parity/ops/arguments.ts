import { camelCase } from '../nodes/types.ts'
import { readKeywords, readValue, type Keywords } from '../values.ts'

/** A call of the reference's `op` module, or of a batch object. */
export interface OperationStep {
  readonly op: string
  readonly args: readonly unknown[]
  readonly kw: Keywords
  readonly body?: readonly OperationStep[]
}

/** What this project takes by position, by the reference's parameter names. */
const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  add_column: ['table_name', 'column'],
  alter_column: ['table_name', 'column_name'],
  bulk_insert: ['table', 'rows'],
  create_check_constraint: ['constraint_name', 'table_name', 'condition'],
  create_exclude_constraint: ['constraint_name', 'table_name'],
  create_foreign_key: [
    'constraint_name',
    'source_table',
    'referent_table',
    'local_cols',
    'remote_cols',
  ],
  create_index: ['index_name', 'table_name', 'columns'],
  create_primary_key: ['constraint_name', 'table_name', 'columns'],
  create_table: ['table_name'],
  create_table_comment: ['table_name', 'comment'],
  create_unique_constraint: ['constraint_name', 'table_name', 'columns'],
  drop_column: ['table_name', 'column_name'],
  drop_constraint: ['constraint_name', 'table_name', 'type_'],
  drop_index: ['index_name', 'table_name'],
  drop_table: ['table_name'],
  drop_table_comment: ['table_name'],
  execute: ['sqltext'],
  rename_table: ['old_table_name', 'new_table_name'],
}

/** Of the batch object: the table's name is left out, and `drop_constraint` has its type last. */
const BATCH_POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  ...POSITIONAL,
  add_column: ['column'],
  create_foreign_key: ['constraint_name', 'referent_table', 'local_cols', 'remote_cols'],
}

/** The name of this project's function for one of the reference's. */
export function functionName(op: string): string {
  return camelCase(op)
}

/** The arguments of this project's function: positional ones, then one object of options. */
export function readArguments(step: OperationStep, inBatch: boolean): unknown[] {
  const names = positionalNames(step.op, inBatch)
  const keywords: Record<string, unknown> = { ...step.kw }
  const args = step.args.map(readValue)
  for (let position = args.length; position < names.length; position++) {
    const name = names[position]
    if (name === undefined || !(name in keywords)) break
    args.push(readValue(keywords[name]))
    delete keywords[name]
  }
  const options = readKeywords(keywords)
  if (Object.keys(options).length > 0) {
    while (args.length < names.length) args.push(undefined)
    args.push(options)
  }
  return args
}

function positionalNames(op: string, inBatch: boolean): readonly string[] {
  const names = (inBatch ? BATCH_POSITIONAL : POSITIONAL)[op]
  if (names === undefined) throw new TypeError(`there is no operation ${op}`)
  return inBatch ? names.filter((name) => name !== 'table_name') : names
}
