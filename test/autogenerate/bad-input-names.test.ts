import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { downgrade } from '../../src/command/downgrade.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 60_000 })

const CONVENTION = `{ namingConvention: {
  ix: 'ix_%(table_name)s_%(column_0_name)s', uq: 'uq_%(table_name)s_%(column_0_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s', pk: 'pk_%(table_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s' } }`

/** Tables whose names fit, and whose constraints' names don't. */
const tables = (letter: string, size: number, column: string): string => {
  const table = letter.repeat(size)
  return `sa.Table('${table}', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('a_${column}', sa.Integer(), { index: true }), sa.Column('b_${column}', sa.Integer(), { unique: true }),
  sa.Column('r', sa.Integer(), sa.ForeignKey('${table}.id')), sa.CheckConstraint('r > 0', { name: 'positive' }))`
}

describeDatabases(['postgresql', 'mariadb'], 'names that are too long', (db) => {
  let project: AutogenProject
  let scratch: ScratchDatabase
  const isPostgresql = db.name === 'postgresql'

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  afterEach(async () => {
    await scratch.dispose()
    project.dispose()
  })

  const write = (models: string, options = CONVENTION): void => {
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData(${options})\n${models}`,
    })
  }

  it.each([
    ['ASCII', tables('t', 60, 'c'.repeat(50))],
    ['two bytes a letter', tables('é', 30, 'ü'.repeat(25))],
    ['three bytes a letter', tables('表', isPostgresql ? 20 : 30, '列'.repeat(18))],
  ])(
    'of constraints, by naming conventions, are shortened once and for all: %s',
    async (_title, models) => {
      write(models)
      await project.generate('aaa1')
      await upgrade(project.project.config, 'head')
      expect(await check(project.project.config)).toEqual({ differences: [] })
      await downgrade(project.project.config, 'base')
      await upgrade(project.project.config, 'head')
      expect(await check(project.project.config)).toEqual({ differences: [] })
      // Nor is there any when they go.
      write('')
      await project.generate('bbb2')
      await upgrade(project.project.config, 'head')
      await downgrade(project.project.config, '-1')
    },
  )

  it('of constraints without a name of their own, made by the server, are no difference', async () => {
    // The server's own names are `<table>_ibfk_1` on MariaDB, which it does not shorten.
    const size = isPostgresql ? 60 : 50
    const models = tables('t', size, 'c'.repeat(50)).replace(
      "sa.CheckConstraint('r > 0', { name: 'positive' })",
      "sa.CheckConstraint('r > 0')",
    )
    write(models, '')
    await project.generate('aaa1')
    await upgrade(project.project.config, 'head')
    expect(await check(project.project.config)).toEqual({ differences: [] })
    write(models.replace(`sa.ForeignKey('${'t'.repeat(size)}.id')`, ''), '')
    await project.generate('bbb2')
    await upgrade(project.project.config, 'head')
    expect(await check(project.project.config)).toEqual({ differences: [] })
    await downgrade(project.project.config, 'base')
  })

  describe('that the models say themselves', () => {
    const long = 'c'.repeat(70)
    const accents = 'é'.repeat(40)
    const unit = isPostgresql ? 'bytes' : 'characters'
    const max = isPostgresql ? 63 : 64
    const wide = isPostgresql ? accents : 'é'.repeat(70)
    const table = (inner: string): string =>
      `sa.Table('t', targetMetadata, sa.Column('a', sa.Integer()), ${inner})`
    it.each([
      [
        'table',
        `sa.Table('${long}', targetMetadata, sa.Column('a', sa.Integer()))`,
        `Table '${long}' exceeds maximum length of ${max} characters`,
      ],
      [
        'table of accents',
        `sa.Table('${wide}', targetMetadata, sa.Column('a', sa.Integer()))`,
        `Table '${wide}' exceeds maximum length of ${max} ${unit}`,
      ],
      [
        'column',
        table(`sa.Column('${wide}', sa.Integer())`),
        `Table 't': column '${wide}' exceeds maximum length of ${max} ${unit}`,
      ],
      [
        'sequence',
        `targetMetadata.addSequence(sa.Sequence('${wide}'))`,
        `Sequence '${wide}' exceeds maximum length of ${max} ${unit}`,
      ],
    ])('%s', async (_what, models, message) => {
      write(models, '')
      const refusal = expect.objectContaining({
        code: 'IDENTIFIER_TOO_LONG',
        message: `${message}; the server cuts such names or refuses them: give it a shorter one in the models`,
      }) as Error
      await expect(project.generate('aaa1')).rejects.toThrow(refusal)
      await expect(check(project.project.config)).rejects.toThrow(refusal)
      expect(project.files()).toEqual([])
    })

    it.each([
      ['index', "Table 't': index", table(`sa.Index('${wide}', 'a')`)],
      [
        'unique constraint',
        "Table 't': unique constraint",
        table(`sa.UniqueConstraint('a', { name: '${wide}' })`),
      ],
      [
        'check constraint',
        "Table 't': check constraint",
        table(`sa.CheckConstraint('a > 0', { name: '${wide}' })`),
      ],
    ])('%s', async (_what, what, models) => {
      write(models, '')
      await expect(project.generate('aaa1')).rejects.toThrow(
        `${what} '${wide}' exceeds maximum length of ${max} ${unit}; the server cuts such names or refuses them: give it a shorter one in the models`,
      )
      expect(project.files()).toEqual([])
    })

    it('none of them matters in a table that is left out', async () => {
      project.write({
        url: scratch.url,
        models: `const targetMetadata = sa.MetaData()\nsa.Table('${wide}', targetMetadata, sa.Column('a', sa.Integer()))`,
        options: "includeObject: (_object, name, type) => type !== 'table' || name.length < 20",
      })
      await project.generate('aaa1')
      expect(project.source('aaa1')).not.toContain(wide)
    })
  })
})
