import type { Driver } from '../../../engine/driver.ts'
import { odbcDriver, type OdbcSettings } from '../../../engine/odbc.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'

// What Debian's package tdsodbc registers; SAP's own driver is called "Adaptive Server Enterprise".
const DEFAULT_DRIVER = 'FreeTDS'
const DEFAULT_PORT = 5000

/** How connections to Adaptive Server are made through ODBC. */
export const sybaseOdbc: OdbcSettings = {
  versionQuery: 'SELECT @@version AS version',
  // Without it "name" is a string: ASE 16.0, Reference Manual: Commands, set quoted_identifier.
  sessionStatements: ['SET QUOTED_IDENTIFIER ON'],

  /** `?dsn=` names a data source; `?driver=` another driver than FreeTDS. */
  connectionKeywords(url) {
    const parameters = new UrlParameters(url)
    const dsn = parameters.text('dsn')
    const driver = parameters.text('driver') ?? DEFAULT_DRIVER
    const charset = parameters.text('charset') ?? 'UTF-8'
    parameters.finish('odbc')
    return {
      ...(dsn === undefined
        ? {
            Driver: driver,
            Server: url.host ?? 'localhost',
            Port: String(url.port ?? DEFAULT_PORT),
            ...(driver === DEFAULT_DRIVER ? { TDS_Version: '5.0', ClientCharset: charset } : {}),
          }
        : { DSN: dsn }),
      ...(url.database === undefined ? {} : { Database: url.database }),
      ...(url.username === undefined ? {} : { UID: url.username }),
      ...(url.password === undefined ? {} : { PWD: url.password }),
    }
  },
}

/** Adaptive Server through `odbc` and FreeTDS or SAP's driver: `sybase://user:password@host:5000/shop`. */
export const sybaseOdbcDriver: Driver = odbcDriver(sybaseOdbc)
