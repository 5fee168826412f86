/**
 * NULL for a binary column. The server converts strings to anything but bytes, not even where they are NULL, so that the
 * driver must know for which columns it declares the parameter otherwise.
 */
export const BINARY_NULL: unique symbol = Symbol.for('alembic-ts.mssql.binary-null')
