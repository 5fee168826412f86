/** The types of MariaDB: those of MySQL, `INET4`, `INET6` and `UUID` among them. */
export * from '../mysql/types/index.ts'
