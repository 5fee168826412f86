import type { DialectRendering } from '../../render/render-context.ts'

/** What migrations for MySQL and MariaDB say in their own way. */
export const rendering: DialectRendering = {
  restatesAutoincrement: true,

  // Since MySQL 8.0.13 an index can have expressions, in parentheses.
  adjustSqlText: (sql, use) => (use === 'index' && !sql.startsWith('(') ? `(${sql})` : sql),
}
