import fc from 'fast-check'
import { op, sa } from '../../src/index.ts'
import { hostileNames, hostileText, type NameRules } from './hostile.ts'

/** What a database lets one say. */
export interface Abilities {
  readonly names: NameRules
  /** Whether a text can be stored in a comment. */
  readonly fitsComment: (text: string) => boolean
  /** Whether reflection survives a literal; that it does unless given. */
  readonly fitsLiteral?: (text: string) => boolean
  /** Whether the tool that runs scripts leaves a text as it is; that it does unless given. */
  readonly fitsScript?: (text: string) => boolean
  /** Whether the catalog can say what a literal was. */
  readonly fitsReflection: (text: string) => boolean
  readonly enumValues: NameRules
  readonly hasSchemas: boolean
  readonly hasComments: boolean
  readonly hasAlter: boolean
  readonly renamesTables: boolean
}

/** Names and texts of two tables with everything that has a name or a text. */
export interface Model {
  readonly schema: string | null
  readonly parent: string
  /** What `parent` is called at first. */
  readonly parentBefore: string
  readonly child: string
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly ref: string
  readonly added: string
  /** What `added` is called at first. */
  readonly addedBefore: string
  readonly key: string
  readonly unique: string
  readonly index: string
  readonly foreignKey: string
  readonly check: string
  readonly textCheck: string
  readonly enumName: string
  readonly enumValues: readonly string[]
  readonly tableComment: string
  readonly columnComment: string
  readonly default: string
  readonly alteredDefault: string
  /** The only text that `code` may not hold. */
  readonly forbidden: string
  readonly alsoForbidden: string
}

const NAMES = [
  ...(['schema', 'parent', 'parentBefore', 'child', 'id', 'code', 'kind', 'ref', 'added'] as const),
  ...(['addedBefore', 'key', 'unique', 'index', 'foreignKey', 'check', 'textCheck'] as const),
  'enumName',
] as const

/** What models are for. */
export interface ModelOptions {
  readonly forReflection?: boolean
  readonly forScript?: boolean
}

/** Models that the database can hold; `forReflection`: and say what it holds; `forScript`: and be told by a script. */
export function models(
  abilities: Abilities,
  { forReflection = false, forScript = false }: ModelOptions = {},
): fc.Arbitrary<Model> {
  const { fitsComment, fitsReflection, enumValues, hasSchemas } = abilities
  const { fitsLiteral = () => true, fitsScript = () => true } = abilities
  const fits = (text: string): boolean => !forScript || fitsScript(text)
  const names = {
    ...abilities.names,
    fits: (name: string) => abilities.names.fits(name) && fits(name),
  }
  const text = hostileText.filter(fits)
  const comment = text.filter((one) => one !== '' && fitsComment(one))
  const value = text.filter(forReflection ? fitsReflection : fitsLiteral)
  return fc
    .record({
      names: hostileNames(NAMES.length, names),
      enumValues: fc.uniqueArray(value.filter(enumValues.fits), {
        minLength: 2,
        maxLength: 4,
        selector: enumValues.fold,
      }),
      tableComment: comment,
      columnComment: comment,
      default: value,
      alteredDefault: value,
      forbidden: value,
      alsoForbidden: value,
    })
    .filter((model) => {
      const texts = [model.default, 'unrelated', model.forbidden, model.alsoForbidden]
      return new Set(texts.map(enumValues.fold)).size === texts.length
    })
    .map(({ names: given, ...texts }) => {
      const named = Object.fromEntries(NAMES.map((name, at) => [name, given[at]]))
      return { ...texts, ...named, ...(hasSchemas ? {} : { schema: null }) } as unknown as Model
    })
}

/** How the database under test writes a literal; the test's own, not the compiler's. */
export type WriteLiteral = (text: string) => string

/** Makes what the model says, through operations. */
export async function build(
  m: Model,
  { hasAlter, hasComments, renamesTables }: Abilities,
  write: { readonly literal: WriteLiteral; readonly name: WriteLiteral },
): Promise<void> {
  const schema = m.schema === null ? {} : { schema: m.schema, quoteSchema: true }
  const target = sa.Table(m.parent, sa.MetaData(), sa.Column(m.id, sa.Integer()), schema)
  await op.createTable(
    renamesTables ? m.parentBefore : m.parent,
    sa.Column(m.id, sa.Integer(), { autoincrement: false }),
    sa.Column(m.code, sa.String(200), {
      serverDefault: m.default,
      ...(hasComments ? { comment: m.columnComment } : {}),
    }),
    sa.Column(m.kind, enumType(m)),
    sa.PrimaryKeyConstraint(m.id, { name: m.key }),
    sa.CheckConstraint(sa.column(m.code, sa.String()).ne(m.forbidden), { name: m.check }),
    sa.CheckConstraint(
      sa.literalColumn(`${write.name(m.code)} <> ${write.literal(m.alsoForbidden)}`),
      { name: m.textCheck },
    ),
    { ...schema, ...(hasComments ? { comment: m.tableComment } : {}) },
  )
  if (renamesTables) await op.renameTable(m.parentBefore, m.parent, quotedSchema(m))
  const foreignKey = sa.ForeignKeyConstraint([m.ref], [target.columns[0]!], {
    name: m.foreignKey,
    ondelete: 'CASCADE',
  })
  await op.createTable(
    m.child,
    sa.Column(m.ref, sa.Integer()),
    ...(hasAlter ? [] : [foreignKey, sa.UniqueConstraint(m.ref, { name: m.unique })]),
    schema,
  )
  await op.createIndex(m.index, m.parent, [m.kind, m.code], quotedSchema(m))
  const text = (name: string, serverDefault: string) =>
    sa.Column(name, sa.String(200), { serverDefault })
  if (hasAlter) {
    await op.addColumn(m.parent, text(m.addedBefore, m.default), quotedSchema(m))
    await alter(m)
  } else await op.addColumn(m.parent, text(m.added, m.alteredDefault), quotedSchema(m))
}

/** What SQLite can only do by making a table anew. */
async function alter(m: Model): Promise<void> {
  const { schema } = quotedSchema(m)
  await op.createUniqueConstraint(m.unique, m.child, [m.ref], quotedSchema(m))
  await op.createForeignKey(m.foreignKey, m.child, m.parent, [m.ref], [m.id], {
    ondelete: 'CASCADE',
    ...(schema === undefined ? {} : { sourceSchema: schema, referentSchema: schema }),
  })
  await op.alterColumn(m.parent, m.addedBefore, {
    newColumnName: m.added,
    serverDefault: m.alteredDefault,
    existingType: sa.String(200),
    existingServerDefault: m.default,
    ...quotedSchema(m),
  })
}

function enumType(m: Model): sa.EnumType {
  return sa.Enum(...m.enumValues, {
    name: m.enumName,
    length: 200,
    createConstraint: true,
    inheritSchema: m.schema !== null,
  })
}

/** Takes away what `build()` made. */
export async function takeDown(m: Model, { hasAlter }: Abilities): Promise<void> {
  await op.dropIndex(m.index, m.parent, quotedSchema(m))
  if (hasAlter) {
    await op.dropConstraint(m.foreignKey, m.child, { type: 'foreignkey', ...quotedSchema(m) })
    await op.dropConstraint(m.unique, m.child, { type: 'unique', ...quotedSchema(m) })
    await op.dropColumn(m.parent, m.added, quotedSchema(m))
  }
  await op.dropTable(m.child, quotedSchema(m))
  await op.dropTable(m.parent, quotedSchema(m))
}

/** A dot in a schema's name parts database and owner, unless the name is quoted as a whole. */
function quotedSchema({ schema }: Model): { schema?: ReturnType<typeof sa.quotedName> } {
  return schema === null ? {} : { schema: sa.quotedName(schema, true) }
}
