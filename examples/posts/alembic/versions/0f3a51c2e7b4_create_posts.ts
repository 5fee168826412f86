/**
 * create posts
 *
 * Revision ID: 0f3a51c2e7b4
 * Revises:
 * Create Date: 2026-11-20 09:50:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '0f3a51c2e7b4'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null

export async function upgrade(): Promise<void> {
  await op.createTable(
    'posts',
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('title', sa.String(200), { nullable: false }),
  )
}

export async function downgrade(): Promise<void> {
  await op.dropTable('posts')
}
