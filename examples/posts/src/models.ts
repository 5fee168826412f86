import { sa } from 'alembic-ts'

export const metadata = sa.MetaData()

export const posts = sa.Table(
  'posts',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('title', sa.String(200), { nullable: false }),
  sa.Column('content', sa.Text(), { nullable: false }),
  sa.Column('owner_id', sa.Integer()),
  sa.ForeignKeyConstraint(['owner_id'], ['users.id'], {
    name: 'fk_posts_owner',
    ondelete: 'CASCADE',
  }),
)

export const users = sa.Table(
  'users',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('email', sa.String(320), { nullable: false }),
  sa.Column('password', sa.String(100), { nullable: false }),
  sa.Column('created_at', sa.DateTime({ timezone: true }), {
    nullable: false,
    serverDefault: sa.func.now(),
  }),
  sa.UniqueConstraint('email', { name: 'uq_users_email' }),
)
