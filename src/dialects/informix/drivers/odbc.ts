import type { Driver } from '../../../engine/driver.ts'
import { odbcDriver, type OdbcSettings } from '../../../engine/odbc.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'

// The name under which IBM's Client SDK registers its driver.
const DEFAULT_DRIVER = 'IBM INFORMIX ODBC DRIVER'
const DEFAULT_PORT = 9088

/** How connections to Informix are made through ODBC. */
export const informixOdbc: OdbcSettings = {
  versionQuery: `SELECT DBINFO('version', 'full') AS version FROM systables WHERE tabid = 1`,

  /** `?dsn=` names a data source; otherwise `?server=` is the name of the server's instance (INFORMIXSERVER). */
  connectionKeywords(url) {
    const parameters = new UrlParameters(url)
    const dsn = parameters.text('dsn')
    const server = parameters.text('server')
    const driver = parameters.text('driver') ?? DEFAULT_DRIVER
    const protocol = parameters.text('protocol') ?? 'onsoctcp'
    const locale = parameters.text('client_locale') ?? 'en_US.utf8'
    const databaseLocale = parameters.text('db_locale')
    parameters.finish('odbc')
    return {
      ...(dsn === undefined
        ? {
            Driver: driver,
            Host: url.host ?? 'localhost',
            Service: String(url.port ?? DEFAULT_PORT),
            Protocol: protocol,
            ...(server === undefined ? {} : { Server: server }),
          }
        : { DSN: dsn }),
      ...(url.database === undefined ? {} : { Database: url.database }),
      ...(url.username === undefined ? {} : { UID: url.username }),
      ...(url.password === undefined ? {} : { PWD: url.password }),
      CLIENT_LOCALE: locale,
      ...(databaseLocale === undefined ? {} : { DB_LOCALE: databaseLocale }),
      // Without it "name" is a string: Informix 14.10, Guide to SQL: Syntax, Delimited Identifiers.
      DELIMIDENT: 'Y',
    }
  },
}

/** Informix through `odbc` and IBM's Client SDK: `informix://user:password@host:9088/stores?server=ol_informix`. */
export const informixOdbcDriver: Driver = odbcDriver(informixOdbc)
