// Judged by `tsc` (npm run types); vitest only sees that the schema objects can be made.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import { expect, expectTypeOf, it } from 'vitest'
import { Column } from '../../../src/sql/schema/column.ts'
import { declarativeBase } from '../../../src/sql/schema/declarative.ts'
import { ForeignKey } from '../../../src/sql/schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../../../src/sql/schema/key-constraints.ts'
import { MetaData } from '../../../src/sql/schema/metadata.ts'
import type {
  InferDatabase,
  InferInsert,
  InferRow,
  InferUpdate,
} from '../../../src/sql/schema/row-types.ts'
import { Identity } from '../../../src/sql/schema/server-default.ts'
import { Table } from '../../../src/sql/schema/table.ts'
import { Index } from '../../../src/sql/schema/table-index.ts'
import { text } from '../../../src/sql/elements/factories.ts'
import { Boolean } from '../../../src/sql/types/boolean.ts'
import { Enum } from '../../../src/sql/types/enum.ts'
import { Float, Integer } from '../../../src/sql/types/numeric.ts'
import { String } from '../../../src/sql/types/string.ts'
import { DateTime } from '../../../src/sql/types/temporal.ts'

const metadata = new MetaData()

/** Kysely leaves its intersections as they are. */
type Flat<T> = { [K in keyof T]: T[K] }

const users = Table(
  'users',
  metadata,
  Column('id', Integer(), { primaryKey: true }),
  Column('email', String(320), { nullable: false, unique: true }),
  Column('created_at', DateTime().$type<Date>(), { nullable: false, serverDefault: text('now()') }),
)

const posts = Table(
  'posts',
  metadata,
  Column('id', Integer, { nullable: false }),
  Column('owner_id', Integer(), ForeignKey('users.id', { ondelete: 'CASCADE' })),
  Column('editor_id', Integer(), ForeignKey('users.id'), { nullable: false }),
  Column('title', String(200), { nullable: false }),
  Column('state', Enum('draft', 'public', { name: 'post_state' }), { nullable: false }),
  Column('pinned', Boolean(), { nullable: false, serverDefault: text('false') }),
  Column('score', Float()),
  PrimaryKeyConstraint('id'),
  UniqueConstraint('title', { name: 'uq_posts_title' }),
  Index('ix_posts_score', 'score'),
  { comment: 'what was written' },
)

const Base = declarativeBase()

class Car extends Base.table('cars', {
  id: Column(Integer(), { primaryKey: true }),
  serial: Column('serial_number', Integer(), Identity(), { nullable: false }),
  model: Column(String(50), { nullable: false, unique: true, index: true }),
  maker: Column(Integer(), ForeignKey('users.id'), { nullable: false }),
  colour: Column(String(20)),
}) {}

const codes = Table('codes', metadata, Column('code', String(2), { primaryKey: true }))

it('rows have the columns that a table has', () => {
  type User = InferRow<typeof users>
  expectTypeOf<User>().toEqualTypeOf<{ id: number; email: string; created_at: Date }>()
  type Post = InferRow<typeof posts>
  expectTypeOf<Post>().toEqualTypeOf<{
    id: number
    owner_id: number | null
    editor_id: number
    title: string
    state: 'draft' | 'public'
    pinned: boolean
    score: number | null
  }>()
  expect(posts.columns).toHaveLength(7)
})

it('what the database fills in may be left out of an insert', () => {
  expectTypeOf<InferInsert<typeof users>>().toEqualTypeOf<{
    id?: number | undefined
    email: string
    created_at?: Date | undefined
  }>()
  expectTypeOf<InferInsert<typeof codes>>().toEqualTypeOf<{ code: string }>()
  expectTypeOf<InferInsert<typeof posts>>().toEqualTypeOf<{
    id: number
    owner_id?: number | null | undefined
    editor_id: number
    title: string
    state: 'draft' | 'public'
    pinned?: boolean | undefined
    score?: number | null | undefined
  }>()
  expect(users.c.email.unique).toBe(true)
})

it('an update may set any column', () => {
  expectTypeOf<InferUpdate<typeof codes>>().toEqualTypeOf<{ code?: string | undefined }>()
  expect(codes.name).toBe('codes')
})

it('a declarative class has its row', () => {
  type CarRow = InferRow<typeof Car>
  expectTypeOf<CarRow>().toEqualTypeOf<{
    id: number
    serial_number: number
    model: string
    maker: number
    colour: string | null
  }>()
  const car = new Car({ id: 1, serial: 7, model: 'T', maker: 1, colour: null })
  expectTypeOf(car.serial).toEqualTypeOf<number>()
  expectTypeOf(car.model).toEqualTypeOf<string>()
  expectTypeOf(Car.c.model.name).toEqualTypeOf<string>()
  expect(car.model).toBe('T')
})

it("a module of tables is Kysely's database", () => {
  const models = { users, posts, Car, Base, metadata, codes }
  type Database = InferDatabase<typeof models>
  expectTypeOf<keyof Database>().toEqualTypeOf<'users' | 'posts' | 'cars' | 'codes'>()
  expectTypeOf<Selectable<Database['users']>>().toEqualTypeOf<InferRow<typeof users>>()
  expectTypeOf<Flat<Insertable<Database['users']>>>().toEqualTypeOf<InferInsert<typeof users>>()
  expectTypeOf<Flat<Insertable<Database['codes']>>>().toEqualTypeOf<{ code: string }>()
  expectTypeOf<Flat<Insertable<Database['cars']>>>().toEqualTypeOf<{
    id?: number | undefined
    serial_number?: number | undefined
    model: string
    maker: number
    colour?: string | null | undefined
  }>()
  expectTypeOf<Updateable<Database['codes']>>().toEqualTypeOf<{ code?: string | undefined }>()
  const query = (db: Kysely<Database>) =>
    db
      .selectFrom('posts')
      .innerJoin('users', 'users.id', 'posts.owner_id')
      .select(['users.email', 'posts.state'])
      .executeTakeFirstOrThrow()
  expectTypeOf<Awaited<ReturnType<typeof query>>>().toEqualTypeOf<{
    email: string
    state: 'draft' | 'public'
  }>()
  expect(Object.keys(models)).toHaveLength(6)
})
