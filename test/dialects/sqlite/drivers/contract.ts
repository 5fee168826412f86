import { makeUrl } from '../../../../src/engine/url.ts'
import type { Driver } from '../../../../src/engine/driver.ts'
import type { ContractTarget } from '../../../engine/driver-contract.ts'
import { questionMark } from '../../../engine/driver-contract.ts'

/** The contract of all drivers, as SQLite's keep it. */
export function sqliteContract(driver: Driver): ContractTarget {
  return {
    open: () => driver.connect(makeUrl('sqlite://')),
    placeholder: questionMark,
    columns: {
      integer: 'BIGINT',
      decimal: 'NUMERIC(30, 10)',
      bytes: 'BLOB',
      moment: 'DATETIME',
      text: 'VARCHAR(400)',
    },
    momentText: '2024-02-29 23:59:58.123000',
    severalStatements: true,
  }
}
