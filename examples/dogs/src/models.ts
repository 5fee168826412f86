import { sa } from 'alembic-ts'

export const metadata = sa.MetaData()

export const dogs = sa.Table(
  'dogs',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('name', sa.String(50), { nullable: false }),
  // Read and written as text, 2019-05-04, on every database.
  sa.Column('birthday', sa.Date().$type<string>()),
  sa.Column('weight', sa.Float()),
  sa.Column('height', sa.Float()),
)

/** A dog as it is stored. */
export type Dog = sa.InferRow<typeof dogs>

/** A dog to store: the database numbers it. */
export type NewDog = sa.InferInsert<typeof dogs>
