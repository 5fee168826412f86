// Judged by `tsc` (npm run types); vitest only sees that the schema objects can be made.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import { expect, expectTypeOf, it } from 'vitest'
import { op, sa } from '../../../src/index.ts'
import type { InferDatabase, InferInsert, InferRow, InferUpdate } from '../../../src/sa.ts'

const { Boolean, Column, DateTime, Enum, Float, ForeignKey, Identity, Index, Integer } = sa
const { PrimaryKeyConstraint, String, Table, UniqueConstraint, declarativeBase, text } = sa

const metadata = sa.MetaData()

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
    id?: number | undefined
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

class Point extends sa.UserDefinedType<readonly [number, number]> {
  readonly typeName = 'Point'
  columnSpecification(): string {
    return 'POINT'
  }
}

class Slug extends sa.TypeDecorator<`slug-${string}`> {
  readonly typeName = 'Slug'
  readonly impl = sa.String(40)
}

it('types have the values that drivers give', () => {
  const values = Table(
    'values',
    sa.MetaData(),
    Column('big', sa.BigInteger(), { nullable: false }),
    Column('exact', sa.Numeric(10, 2), { nullable: false }),
    Column('double', sa.Double(), { nullable: false }),
    Column('day', sa.Date(), { nullable: false }),
    Column('at', sa.DateTime({ timezone: true }), { nullable: false }),
    Column('time', sa.Time(), { nullable: false }),
    Column('bytes', sa.LargeBinary(), { nullable: false }),
    Column('uuid', sa.Uuid(), { nullable: false }),
    Column('any', sa.JSON(), { nullable: false }),
    Column('settings', sa.JSON().$type<{ dark: boolean }>(), { nullable: false }),
    Column('tags', sa.ARRAY(sa.String()), { nullable: false }),
    Column('moods', sa.postgresql.ARRAY(sa.Enum('good', 'bad')), { nullable: false }),
    Column('mood', sa.postgresql.ENUM('good', 'bad', { name: 'mood' }), { nullable: false }),
    Column('size', sa.mysql.ENUM('s', 'm', { charset: 'ascii' }), { nullable: false }),
    Column('body', sa.Text().withVariant(sa.mysql.LONGTEXT(), 'mysql'), { nullable: false }),
    Column('point', new Point(), { nullable: false }),
    Column('slug', new Slug(), { nullable: false }),
  )
  expectTypeOf<InferRow<typeof values>>().toEqualTypeOf<{
    big: string | number | bigint
    exact: string | number
    double: number
    day: Date | string
    at: Date | string
    time: string
    bytes: Uint8Array
    uuid: string
    any: unknown
    settings: { dark: boolean }
    tags: string[]
    moods: ('good' | 'bad')[]
    mood: 'good' | 'bad'
    size: 's' | 'm'
    body: string
    point: readonly [number, number]
    slug: `slug-${string}`
  }>()
  expect(values.columns).toHaveLength(17)
})

const orders = Table(
  'orders',
  metadata,
  Column('number', sa.BigInteger().$type<bigint>(), Identity({ always: true }), {
    primaryKey: true,
  }),
  Column('serial', Integer(), Identity({ start: 10 })),
  Column('net', Integer(), { nullable: false }),
  Column('gross', Integer(), sa.Computed('net * 2', { persisted: true })),
  Column('stamp', Integer(), sa.FetchedValue(), { nullable: false }),
  Column('placed', DateTime().$type<Date>(), { nullable: false, default: () => new Date() }),
  Column('state', Enum('open', 'paid'), { nullable: false, default: 'open' }),
)

it('what only the database writes is not inserted, and not set', () => {
  expectTypeOf<InferRow<typeof orders>>().toEqualTypeOf<{
    number: bigint
    serial: number
    net: number
    gross: number | null
    stamp: number
    placed: Date
    state: 'open' | 'paid'
  }>()
  expectTypeOf<InferInsert<typeof orders>>().toEqualTypeOf<{
    serial?: number | undefined
    net: number
    stamp?: number | undefined
    placed?: Date | undefined
    state?: 'open' | 'paid' | undefined
  }>()
  expectTypeOf<InferUpdate<typeof orders>>().toEqualTypeOf<{
    serial?: number | undefined
    net?: number | undefined
    stamp?: number | undefined
    placed?: Date | undefined
    state?: 'open' | 'paid' | undefined
  }>()
  type Kyselys = InferDatabase<{ orders: typeof orders }>['orders']
  // Kysely knows nothing of `default:`.
  expectTypeOf<Flat<Insertable<Kyselys>>>().toEqualTypeOf<{
    serial?: number | undefined
    net: number
    stamp?: number | undefined
    placed: Date
    state: 'open' | 'paid'
  }>()
  expectTypeOf<keyof Updateable<Kyselys>>().toEqualTypeOf<
    'serial' | 'net' | 'stamp' | 'placed' | 'state'
  >()
  expect(orders.c.gross.computed?.persisted).toBe(true)
})

it('a key numbers itself only where the database lets it', () => {
  const members = Table(
    'members',
    metadata,
    Column('user_id', Integer(), ForeignKey('users.id'), { primaryKey: true }),
    Column('group_id', Integer(), { primaryKey: true }),
  )
  expectTypeOf<InferInsert<typeof members>>().toEqualTypeOf<{
    user_id: number
    group_id: number
  }>()
  const lines = Table(
    'lines',
    metadata,
    Column('order_id', Integer()),
    Column('line', Integer(), { autoincrement: true }),
    PrimaryKeyConstraint('order_id', 'line', { name: 'pk_lines' }),
  )
  expectTypeOf<InferInsert<typeof lines>>().toEqualTypeOf<{
    order_id: number
    line?: number | undefined
  }>()
  const profiles = Table(
    'profiles',
    metadata,
    Column('user_id', Integer(), ForeignKey('users.id'), { primaryKey: true }),
  )
  expectTypeOf<InferInsert<typeof profiles>>().toEqualTypeOf<{ user_id: number }>()
  const legacy = Table(
    'legacy',
    metadata,
    Column('id', Integer(), { primaryKey: true, autoincrement: false }),
    Column('code', ForeignKey('codes.code')),
  )
  expectTypeOf<InferInsert<typeof legacy>>().toEqualTypeOf<{ id: number; code?: unknown }>()
  expect(members.autoincrementColumn).toBeNull()
  expect(lines.autoincrementColumn?.name).toBe('line')
  expect(profiles.autoincrementColumn).toBeNull()
  expect(legacy.autoincrementColumn).toBeNull()
})

it('an empty or dynamic list of columns is any row', () => {
  const names: string[] = ['a', 'b']
  const dynamic = Table('dynamic', sa.MetaData(), ...names.map((name) => Column(name, Integer())))
  expectTypeOf<InferRow<typeof dynamic>>().toEqualTypeOf<{ [x: string]: unknown }>()
  expect(dynamic.columns).toHaveLength(2)
})

/** Never called: what counts is which calls `tsc` takes. */
export async function migration(): Promise<void> {
  const account = op.createTable(
    'account',
    Column('id', Integer(), { nullable: false }),
    Column('name', String(50), { nullable: false }),
    Column('kind', Enum('user', 'bot'), { nullable: false, serverDefault: 'user' }),
    Column('double', Integer(), sa.Computed('id * 2')),
    PrimaryKeyConstraint('id'),
    { comment: 'who may log in' },
  )
  void op.bulkInsert(account, [{ name: 'root' }, { id: 7, name: 'x', kind: 'bot' }])
  void op.bulkInsert(await account, [{ name: op.inlineLiteral('x'), kind: sa.text("'bot'") }])
  // @ts-expect-error -- the name is missing
  void op.bulkInsert(account, [{ id: 1 }])
  // @ts-expect-error -- no such column
  void op.bulkInsert(account, [{ name: 'x', mame: 'y' }])
  // @ts-expect-error -- not a kind
  void op.bulkInsert(account, [{ name: 'x', kind: 'cat' }])
  // @ts-expect-error -- a number is no name
  void op.bulkInsert(account, [{ name: 5 }])
  // @ts-expect-error -- the name can't be NULL
  void op.bulkInsert(account, [{ name: null }])
  // @ts-expect-error -- only the database writes it
  void op.bulkInsert(account, [{ name: 'x', double: 2 }])
  void op.bulkInsert(users, [{ email: 'a@example.org' }], { multiinsert: false })
  // @ts-expect-error -- a model's rows are checked too
  void op.bulkInsert(users, [{ mail: 'a@example.org' }])
  void op.bulkInsert(Car.table, [{ anything: 1 }])
  void op.bulkInsert(sa.table('account', sa.column('name')), [{ name: 'x' }, { other: 1 }])
  const some: readonly Record<string, unknown>[] = await op.getBind().execute('SELECT 1 AS x')
  void op.bulkInsert(sa.table('account', sa.column('x')), some)
}
