/**
 * add owner
 *
 * Posts that are there already belong to nobody. With a user, the user's posts go.
 *
 * Revision ID: 3da6f802c517
 * Revises: 2c94e7f1b306
 * Create Date: 2026-11-20 09:53:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '3da6f802c517'
export const downRevision = '2c94e7f1b306'
export const branchLabels = null
export const dependsOn = null

export async function upgrade(): Promise<void> {
  await op.batchAlterTable('posts', async (batch) => {
    await batch.addColumn(sa.Column('owner_id', sa.Integer()))
    await batch.createForeignKey('fk_posts_owner', 'users', ['owner_id'], ['id'], {
      ondelete: 'CASCADE',
    })
  })
}

export async function downgrade(): Promise<void> {
  await op.batchAlterTable('posts', async (batch) => {
    await batch.dropConstraint('fk_posts_owner', { type: 'foreignkey' })
    await batch.dropColumn('owner_id')
  })
}
