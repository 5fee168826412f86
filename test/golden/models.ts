import * as sa from '../../src/sa.ts'

/** Two states of a small shop's models: what the golden files lead from, and to. */
export interface GoldenCase {
  readonly name: string
  readonly before: () => sa.MetaData
  readonly after: () => sa.MetaData
}

const namingConvention = {
  ix: 'ix_%(column_0_label)s',
  uq: 'uq_%(table_name)s_%(column_0_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s',
  pk: 'pk_%(table_name)s',
}

function shop(): sa.MetaData {
  const metadata = sa.MetaData({ namingConvention })
  sa.Table(
    'owners',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('email', sa.String(120), { nullable: false, unique: true }),
    sa.Column('created_at', sa.DateTime(), { serverDefault: sa.func.now(), nullable: false }),
  )
  sa.Table(
    'cars',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('model', sa.String(50), { nullable: false, index: true }),
    sa.Column('price', sa.Numeric(10, 2), { serverDefault: '0.00' }),
    sa.Column('description', sa.Text()),
    sa.Column('owner_id', sa.Integer(), sa.ForeignKey('owners.id', { ondelete: 'CASCADE' })),
    sa.CheckConstraint('price >= 0', { name: 'ck_cars_price' }),
  )
  return metadata
}

function grownShop(): sa.MetaData {
  const metadata = sa.MetaData({ namingConvention })
  sa.Table(
    'owners',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('email', sa.String(200), { nullable: false, unique: true }),
    sa.Column('name', sa.String(80), { nullable: false, serverDefault: 'nobody' }),
    sa.Column('created_at', sa.DateTime(), { serverDefault: sa.func.now(), nullable: false }),
  )
  sa.Table(
    'cars',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('model', sa.String(50), { nullable: true, index: true }),
    sa.Column('price', sa.Numeric(12, 2), { serverDefault: '1.50' }),
    sa.Column('colour', sa.String(20), { index: true }),
    sa.Column('owner_id', sa.Integer(), sa.ForeignKey('owners.id')),
    sa.UniqueConstraint('model', 'colour'),
  )
  sa.Table(
    'sales',
    metadata,
    sa.Column('car_id', sa.Integer(), sa.ForeignKey('cars.id'), { primaryKey: true }),
    sa.Column('buyer_id', sa.Integer(), sa.ForeignKey('owners.id'), { primaryKey: true }),
    sa.Column('note', sa.String(200), { serverDefault: "it's new: 'as is'" }),
  )
  return metadata
}

/** Two tables that refer to each other. */
function circle(): sa.MetaData {
  const metadata = sa.MetaData()
  sa.Table(
    'teams',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('lead_id', sa.Integer(), sa.ForeignKey('members.id', { name: 'fk_teams_lead' })),
  )
  sa.Table(
    'members',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('team_id', sa.Integer(), sa.ForeignKey('teams.id', { name: 'fk_members_team' })),
  )
  return metadata
}

const empty = (): sa.MetaData => sa.MetaData()

export const goldenCases: readonly GoldenCase[] = [
  { name: 'initial', before: empty, after: shop },
  { name: 'changed', before: shop, after: grownShop },
  { name: 'circle', before: empty, after: circle },
  { name: 'dropped', before: shop, after: empty },
]
