// bulk-memory.ts <url> <rows> [list]: inserts rows from an asynchronous iterator, or from a list, for the process's peak
// memory.
import { makeUrl } from '../../src/engine/url.ts'
import { asyncRowsUpTo, rowsUpTo } from './bulk-rows.ts'
import { bulkInsertIn } from './bulk-run.ts'

const [, , url = '', count = '', form = ''] = process.argv
const rows = Number(count)
await bulkInsertIn(makeUrl(url), () =>
  form === 'list' ? [...rowsUpTo(rows)] : asyncRowsUpTo(rows),
)
