import { alterColumnRows } from './alter-column.ts'
import { batchRows } from './batch.ts'
import { columnRows } from './columns.ts'
import { constraintRows } from './constraints.ts'
import { dataRows } from './data.ts'
import { indexRows } from './indexes.ts'
import { namedTypeRows } from './named-types.ts'
import type { LiveRow } from './row.ts'
import { tableRows } from './tables.ts'

/** Every operation, in its main forms. */
export const liveRows: readonly LiveRow[] = [
  ...tableRows,
  ...columnRows,
  ...alterColumnRows,
  ...indexRows,
  ...constraintRows,
  ...namedTypeRows,
  ...dataRows,
  ...batchRows,
]
