/**
 * add content
 *
 * Posts that are there already get an empty one: the column is added with NULL, filled, then closed.
 *
 * Revision ID: 1b62d4e8a905
 * Revises: 0f3a51c2e7b4
 * Create Date: 2026-11-20 09:51:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '1b62d4e8a905'
export const downRevision = '0f3a51c2e7b4'
export const branchLabels = null
export const dependsOn = null

export async function upgrade(): Promise<void> {
  await op.addColumn('posts', sa.Column('content', sa.Text()))
  await op.execute("UPDATE posts SET content = ''")
  // SQLite can't alter a column: there the batch makes the table anew.
  await op.batchAlterTable('posts', async (batch) => {
    await batch.alterColumn('content', { existingType: sa.Text(), nullable: false })
  })
}

export async function downgrade(): Promise<void> {
  await op.dropColumn('posts', 'content')
}
