/** A step of a generated revision, as source text, and what takes it back. */
interface Step {
  readonly up: string
  readonly down: string
}

/** What a generated history makes. */
export interface GeneratedTable {
  name: string
  readonly columns: string[]
  readonly indexes: string[]
  readonly uniques: string[]
  readonly foreignKeys: string[]
}

export interface GeneratedHistory {
  /** Source text of the revision files, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly tables: readonly GeneratedTable[]
  readonly steps: number
}

const TYPES = [
  'sa.Integer()',
  'sa.String({ length: 40 })',
  'sa.Boolean()',
  'sa.DateTime({ timezone: false })',
  'sa.Numeric({ precision: 10, scale: 2 })',
  "sa.Enum('x', 'y', { name: 'letter', nativeEnum: false })",
]

/** Writes revisions of so many steps each; the same numbers come out of the same seed. */
export function generateHistory(sizes: readonly number[], seed: number): GeneratedHistory {
  const writer = new HistoryWriter(seed)
  const files = new Map<string, string>()
  for (const [position, size] of sizes.entries()) {
    const steps = Array.from({ length: size }, () => writer.step())
    const id = (revision: number): string => `g${String(revision).padStart(4, '0')}`
    const down = position === 0 ? 'null' : `'${id(position - 1)}'`
    const body = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('')
    files.set(
      `${id(position)}_generated.ts`,
      `import { op, sa } from 'alembic-ts'\n\n` +
        `export const revision = '${id(position)}'\nexport const downRevision = ${down}\n` +
        `export const branchLabels = null\nexport const dependsOn = null\n\n` +
        `export async function upgrade(): Promise<void> {\n${body(steps.map(({ up }) => up))}}\n\n` +
        `export async function downgrade(): Promise<void> {\n${body(steps.toReversed().map(({ down: taken }) => taken))}}\n`,
    )
  }
  return { files, tables: writer.tables, steps: sizes.reduce((sum, size) => sum + size, 0) }
}

class HistoryWriter {
  readonly tables: GeneratedTable[] = []
  #state: number
  #names = 0

  constructor(seed: number) {
    this.#state = seed
  }

  step(): Step {
    if (this.tables.length < 3 || this.#below(12) === 0) return this.#createTable()
    const table = this.tables[this.#below(this.tables.length)]!
    const kinds = [
      () => this.#addColumn(table),
      () => this.#createIndex(table),
      () => this.#createUnique(table),
      () => this.#createForeignKey(table),
      () => this.#renameTable(table),
      () => this.#renameColumn(table),
      () => this.#alterColumn(table),
      () => this.#insert(table),
      () => this.#addAndIndexInBatch(table),
    ]
    return kinds[this.#below(kinds.length)]!()
  }

  /** A number from 0 to `limit - 1`. */
  #below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  #name(prefix: string): string {
    this.#names += 1
    return `${prefix}_${this.#names}`
  }

  #createTable(): Step {
    // 50 characters and a reserved word, now and then.
    const prefixes = ['t', 'order', 'Mixed Case', 'a_name_that_is_as_long_as_names_of_tables_get']
    const name = this.#name(prefixes[this.#below(prefixes.length)]!)
    const columns = Array.from({ length: 2 + this.#below(28) }, () => this.#name('c'))
    const made: GeneratedTable = {
      name,
      columns: ['id', 'parent_id', ...columns],
      indexes: [],
      uniques: [this.#name('uq')],
      foreignKeys: [this.#name('fk')],
    }
    this.tables.push(made)
    const items = [
      "sa.Column('id', sa.Integer(), { nullable: false })",
      "sa.Column('parent_id', sa.Integer(), { nullable: true })",
      ...columns.map(
        (column) =>
          `sa.Column('${column}', ${TYPES[this.#below(TYPES.length)]!}, { nullable: true, default: 1 })`,
      ),
      "sa.PrimaryKeyConstraint('id')",
      `sa.ForeignKeyConstraint(['parent_id'], ['${name}.id'], { name: '${made.foreignKeys[0]!}', ondelete: 'CASCADE' })`,
      `sa.UniqueConstraint('parent_id', 'id', { name: '${made.uniques[0]!}' })`,
    ]
    return {
      up: `await op.createTable('${name}', ${items.join(', ')})`,
      down: `await op.dropTable('${name}')`,
    }
  }

  #addColumn(table: GeneratedTable): Step {
    const column = this.#name('c')
    table.columns.push(column)
    return {
      up: `void op.addColumn('${table.name}', sa.Column('${column}', sa.String({ length: 30 }), { nullable: false, serverDefault: '' }))`,
      down: `void op.dropColumn('${table.name}', '${column}')`,
    }
  }

  #createIndex(table: GeneratedTable): Step {
    const index = this.#name('ix')
    table.indexes.push(index)
    return {
      up: `void op.createIndex('${index}', '${table.name}', ['id', 'parent_id'], { postgresql: { where: sa.text('id > 5') }, sqlite: { where: sa.text('id > 5') } })`,
      down: `void op.dropIndex('${index}', '${table.name}')`,
    }
  }

  #createUnique(table: GeneratedTable): Step {
    const [unique, column] = [this.#name('uq'), this.#name('c')]
    table.uniques.push(unique)
    table.columns.push(column)
    return {
      up: `await op.batchAlterTable('${table.name}', (batch) => { void batch.addColumn(sa.Column('${column}', sa.Integer())); void batch.createUniqueConstraint('${unique}', ['${column}', 'id']) })`,
      down: `await op.batchAlterTable('${table.name}', (batch) => { void batch.dropConstraint('${unique}', 'unique'); void batch.dropColumn('${column}') })`,
    }
  }

  #createForeignKey(table: GeneratedTable): Step {
    const [key, column] = [this.#name('fk'), this.#name('c')]
    table.foreignKeys.push(key)
    table.columns.push(column)
    return {
      up: `await op.batchAlterTable('${table.name}', (batch) => { void batch.addColumn(sa.Column('${column}', sa.Integer())); void batch.createForeignKey('${key}', '${table.name}', ['${column}'], ['id']) })`,
      down: `await op.batchAlterTable('${table.name}', (batch) => { void batch.dropConstraint('${key}', 'foreignkey'); void batch.dropColumn('${column}') })`,
    }
  }

  #renameTable(table: GeneratedTable): Step {
    const [before, after] = [table.name, this.#name('renamed')]
    table.name = after
    return {
      up: `void op.renameTable('${before}', '${after}')`,
      down: `void op.renameTable('${after}', '${before}')`,
    }
  }

  #renameColumn(table: GeneratedTable): Step {
    const after = this.#name('select')
    table.columns.push(after)
    const column = this.#name('c')
    return {
      up: `await op.addColumn('${table.name}', sa.Column('${column}', sa.Integer())); await op.batchAlterTable('${table.name}', (batch) => batch.alterColumn('${column}', { newColumnName: '${after}', existingType: sa.Integer(), existingNullable: true }))`,
      down: `await op.batchAlterTable('${table.name}', (batch) => batch.alterColumn('${after}', { newColumnName: '${column}', existingType: sa.Integer(), existingNullable: true })); await op.dropColumn('${table.name}', '${column}')`,
    }
  }

  #alterColumn(table: GeneratedTable): Step {
    const column = this.#name('c')
    table.columns.push(column)
    return {
      up: `await op.addColumn('${table.name}', sa.Column('${column}', sa.String(10))); await op.batchAlterTable('${table.name}', (batch) => batch.alterColumn('${column}', { type: sa.Text(), existingType: sa.String(10), existingNullable: true }))`,
      down: `await op.batchAlterTable('${table.name}', (batch) => batch.dropColumn('${column}'))`,
    }
  }

  #insert(table: GeneratedTable): Step {
    const id = this.#name('').slice(1)
    const rows = `sa.table('${table.name}', sa.column('id', sa.Integer()), sa.column('parent_id', sa.Integer()))`
    return {
      up: `await op.bulkInsert(${rows}, [{ id: ${id}, parent_id: null }, { id: ${id}0000, parent_id: ${id} }])`,
      down: `await op.execute(${rows}.delete().where(sa.column('id').in([${id}, ${id}0000])))`,
    }
  }

  #addAndIndexInBatch(table: GeneratedTable): Step {
    const [column, index, check] = [this.#name('c'), this.#name('ix'), this.#name('ck')]
    table.columns.push(column)
    table.indexes.push(index)
    return {
      up: `await op.batchAlterTable('${table.name}', (batch) => { void batch.addColumn(sa.Column('${column}', sa.Integer(), { serverDefault: '0', nullable: false })); void batch.createIndex('${index}', ['${column}', 'id']); void batch.createCheckConstraint('${check}', '${column} >= 0') })`,
      down: `await op.batchAlterTable('${table.name}', (batch) => { void batch.dropConstraint('${check}', 'check'); void batch.dropIndex('${index}'); void batch.dropColumn('${column}') })`,
    }
  }
}
