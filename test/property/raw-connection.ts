/** A row as the raw package gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A connection of the database's own package: nothing of the code under test is in between. */
export interface RawConnection {
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** Runs a text of many statements. */
  script(sql: string): Promise<void>
  close(): Promise<void>
}
