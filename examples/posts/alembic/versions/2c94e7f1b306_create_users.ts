/**
 * create users
 *
 * Revision ID: 2c94e7f1b306
 * Revises: 1b62d4e8a905
 * Create Date: 2026-11-20 09:52:00.000000
 */
import { op, sa } from 'alembic-ts'

export const revision = '2c94e7f1b306'
export const downRevision = '1b62d4e8a905'
export const branchLabels = null
export const dependsOn = null

export async function upgrade(): Promise<void> {
  await op.createTable(
    'users',
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('email', sa.String(320), { nullable: false }),
    sa.Column('password', sa.String(100), { nullable: false }),
    sa.Column('created_at', sa.DateTime({ timezone: true }), {
      nullable: false,
      serverDefault: sa.func.now(),
    }),
    sa.UniqueConstraint('email', { name: 'uq_users_email' }),
  )
}

export async function downgrade(): Promise<void> {
  await op.dropTable('users')
}
