import type { DriverEntry } from '../../../engine/driver.ts'
import { mariadbEntry, mysql2Entry } from '../../mysql/drivers/index.ts'

/** MariaDB's drivers, the preferred one first: `mysql2` is the one that most projects have. */
export const mariadbDrivers: readonly DriverEntry[] = [mysql2Entry, mariadbEntry]
