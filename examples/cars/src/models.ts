import { sa } from 'alembic-ts'

export const Base = sa.declarativeBase()

export class Car extends Base.table('cars', {
  id: sa.Column(sa.Integer(), { primaryKey: true }),
  make: sa.Column(sa.String(50), { nullable: false }),
  model: sa.Column(sa.String(50), { nullable: false, unique: true, index: true }),
  colour: sa.Column(sa.String(20), { nullable: false, serverDefault: 'white' }),
}) {}
