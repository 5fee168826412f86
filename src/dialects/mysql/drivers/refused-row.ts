import { driverMessage } from '../../../engine/driver-failure.ts'
import type { RowPlace } from '../../../engine/driver.ts'

/** The server names some rows that it refuses by their number in the statement: `Data too long for column 'b' at row 3`. */
export function narrowToRow(place: RowPlace, error: unknown): void {
  const number = Number(/ at row (\d+)$/.exec(driverMessage(error))?.[1] ?? 0)
  const row = place.first + number - 1
  if (number > 0 && row <= place.last) Object.assign(place, { first: row, last: row })
}
