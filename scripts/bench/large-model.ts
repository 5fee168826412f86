/** The same models in both languages. */
export interface LargeModel {
  /** A module that exports `metadata`; it imports `alembic-ts`. */
  readonly typescript: string
  /** A module with a global `metadata`. */
  readonly python: string
}

/**
 * Models of `size` tables, of ten columns each: numbered keys, two foreign keys, a unique constraint, two indexes, a CHECK that
 * no other table has, defaults, an enumeration, comments. Of every hundredth table, `edited` ones have a column more.
 *
 * The foreign keys form a tree: along a chain of 500 tables, SQLAlchemy 1.4 runs out of stack.
 */
export function largeModel(size: number, edited = false): LargeModel {
  const numbers = Array.from({ length: size }, (_, i) => i)
  const isEdited = (i: number): boolean => edited && i % 100 === 0
  return {
    typescript: [
      "import { sa } from 'alembic-ts'",
      'export const metadata = sa.MetaData()',
      ...numbers.map((i) => typescriptTable(i, isEdited(i))),
    ].join('\n'),
    python: [
      'import sqlalchemy as sa',
      'metadata = sa.MetaData()',
      ...numbers.map((i) => pythonTable(i, isEdited(i))),
    ].join('\n'),
  }
}

function typescriptTable(i: number, isEdited: boolean): string {
  return `sa.Table(
  'table_${i}',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('parent_id', sa.Integer(), sa.ForeignKey('table_${i >> 1}.id', { name: 'fk_${i}_parent' })),
  sa.Column('owner_id', sa.Integer(), sa.ForeignKey('table_${Math.floor(i / 10)}.id', { name: 'fk_${i}_owner', ondelete: 'CASCADE' }), { nullable: false }),
  sa.Column('name', sa.String(50), { nullable: false }),
  sa.Column('title', sa.String(200), { serverDefault: 'none', comment: 'as it is printed' }),
  sa.Column('price', sa.Numeric(10, 2)),
  sa.Column('is_open', sa.Boolean(), { nullable: false }),
  sa.Column('made_at', sa.DateTime(), { serverDefault: sa.func.now() }),
  sa.Column('status', sa.Enum('new', 'open', 'closed', { name: 'status_${i % 20}' })),
  sa.Column('notes', sa.Text()),${isEdited ? "\n  sa.Column('added', sa.Integer())," : ''}
  sa.UniqueConstraint('name', { name: 'uq_${i}_name' }),
  sa.CheckConstraint('price >= ${i}', { name: 'ck_${i}_price' }),
  sa.Index('ix_${i}_parent', 'parent_id'),
  sa.Index('ix_${i}_owner', 'owner_id', 'made_at'),
  { comment: 'table number ${i}' },
)`
}

function pythonTable(i: number, isEdited: boolean): string {
  return `sa.Table(
    "table_${i}",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("parent_id", sa.Integer(), sa.ForeignKey("table_${i >> 1}.id", name="fk_${i}_parent")),
    sa.Column("owner_id", sa.Integer(), sa.ForeignKey("table_${Math.floor(i / 10)}.id", name="fk_${i}_owner", ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.String(50), nullable=False),
    sa.Column("title", sa.String(200), server_default="none", comment="as it is printed"),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("is_open", sa.Boolean(), nullable=False),
    sa.Column("made_at", sa.DateTime(), server_default=sa.func.now()),
    sa.Column("status", sa.Enum("new", "open", "closed", name="status_${i % 20}")),
    sa.Column("notes", sa.Text()),${isEdited ? '\n    sa.Column("added", sa.Integer()),' : ''}
    sa.UniqueConstraint("name", name="uq_${i}_name"),
    sa.CheckConstraint("price >= ${i}", name="ck_${i}_price"),
    sa.Index("ix_${i}_parent", "parent_id"),
    sa.Index("ix_${i}_owner", "owner_id", "made_at"),
    comment="table number ${i}",
)`
}
