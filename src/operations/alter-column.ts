import { renderOptional, renderType, renderValue } from '../render/type.ts'
import { callWithOptions } from '../render/source.ts'
import { renderServerDefault } from '../render/server-default.ts'
import { renderDialectOptions } from '../render/dialect-options.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import type { ColumnAlteration } from '../impl/column-alteration.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { ColumnClass, toType, type TypeLike } from '../sql/schema/column.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import { CheckConstraint } from '../sql/schema/check-constraint.ts'
import { splitOptions, type DialectOptions } from '../sql/schema/dialect-options.ts'
import {
  toUncheckedDefault,
  type ServerDefault,
  type ServerDefaultLike,
} from '../sql/schema/server-default.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import type { ColumnPosition } from './add-column.ts'
import { MigrateOperation } from './migrate-operation.ts'
import type { OperationContext } from './operation-context.ts'
import type { RunContext } from './run-context.ts'
import type { Queued } from './queued.ts'
import { tableReference } from './schema-objects.ts'

/** Options of altering a column that one database alone understands; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectAlterColumnOptions {}

/** What is known of a column before it is altered. MySQL and its kin write the whole column anew: give all there. */
export interface ExistingColumnOptions {
  readonly existingType?: TypeLike | null | undefined
  /** `null` is "known to have none"; left out (or `false`) is "not known". */
  readonly existingServerDefault?: ServerDefaultLike | null | false | undefined
  readonly existingNullable?: boolean | null | undefined
  readonly existingComment?: string | null | undefined
  readonly existingAutoincrement?: boolean | null | undefined
}

/** Options of `op.alterColumn()`: what changes, and what is known of the column. */
export interface AlterColumnOptions extends ExistingColumnOptions, DialectAlterColumnOptions {
  readonly nullable?: boolean | null | undefined
  /** A string becomes a quoted literal, SQL is written `sa.text('now()')`; `null` drops the default. */
  readonly serverDefault?: ServerDefaultLike | null | false | undefined
  readonly newColumnName?: NameLike | null | undefined
  readonly type?: TypeLike | null | undefined
  /** `null` removes the comment. */
  readonly comment?: string | null | false | undefined
  /** Only where columns number themselves by a word of their own. */
  readonly autoincrement?: boolean | null | undefined
  readonly schema?: NameLike | null | undefined
}

const OWN_KEYS = [
  'nullable',
  'serverDefault',
  'newColumnName',
  'type',
  'comment',
  'autoincrement',
  'schema',
  'existingType',
  'existingServerDefault',
  'existingNullable',
  'existingComment',
  'existingAutoincrement',
] as const

/**
 * Changes a column: nullability, default, type, comment, name.
 *
 * @example
 * await op.alterColumn('account', 'name', { type: sa.String(200), existingType: sa.String(50) })
 */
export function alterColumn(
  ctx: OperationContext,
  tableName: NameLike,
  columnName: NameLike,
  options: AlterColumnOptions = {},
): Queued<void> {
  return ctx.invoke(AlterColumnOp.fromOptions(tableName, columnName, options))
}

/** What an `AlterColumnOp` is made of; what is left out is left alone, or not known. */
export interface AlterColumnFields {
  readonly schema?: NameLike | null
  readonly existingType?: TypeEngine | undefined
  readonly existingServerDefault?: ServerDefault | null | undefined
  readonly existingNullable?: boolean | undefined
  readonly existingComment?: string | null | undefined
  readonly existingAutoincrement?: boolean | undefined
  readonly modifyType?: TypeEngine | undefined
  readonly modifyServerDefault?: ServerDefault | null | undefined
  readonly modifyNullable?: boolean | undefined
  readonly modifyComment?: string | null | undefined
  readonly modifyName?: NameLike | undefined
  readonly modifyAutoincrement?: boolean | undefined
  /** Options by dialect. */
  readonly options?: DialectOptions
  readonly position?: ColumnPosition
}

/** Changes a column. A `modify` field that is `undefined` leaves its property alone. */
export class AlterColumnOp extends MigrateOperation {
  tableName: NameLike
  columnName: NameLike
  schema: NameLike | null
  existingType: TypeEngine | undefined
  existingServerDefault: ServerDefault | null | undefined
  existingNullable: boolean | undefined
  existingComment: string | null | undefined
  existingAutoincrement: boolean | undefined
  modifyType: TypeEngine | undefined
  modifyServerDefault: ServerDefault | null | undefined
  modifyNullable: boolean | undefined
  modifyComment: string | null | undefined
  modifyName: NameLike | undefined
  modifyAutoincrement: boolean | undefined
  options: DialectOptions
  position: ColumnPosition

  constructor(tableName: NameLike, columnName: NameLike, fields: AlterColumnFields = {}) {
    super()
    this.tableName = tableName
    this.columnName = columnName
    this.schema = fields.schema ?? null
    this.existingType = fields.existingType
    this.existingServerDefault = fields.existingServerDefault
    this.existingNullable = fields.existingNullable
    this.existingComment = fields.existingComment
    this.existingAutoincrement = fields.existingAutoincrement
    this.modifyType = fields.modifyType
    this.modifyServerDefault = fields.modifyServerDefault
    this.modifyNullable = fields.modifyNullable
    this.modifyComment = fields.modifyComment
    this.modifyName = fields.modifyName
    this.modifyAutoincrement = fields.modifyAutoincrement
    this.options = fields.options ?? {}
    this.position = fields.position ?? {}
  }

  /** The operation that `op.alterColumn()` with these options stands for. */
  static fromOptions(
    tableName: NameLike,
    columnName: NameLike,
    options: AlterColumnOptions,
    position: ColumnPosition = {},
  ): AlterColumnOp {
    const { dialects } = splitOptions(
      { kind: 'alterColumn', label: 'alterColumn' },
      options,
      OWN_KEYS,
    )
    return new AlterColumnOp(tableName, columnName, {
      schema: options.schema ?? null,
      existingType: toType(options.existingType),
      existingServerDefault: defaultOf(options.existingServerDefault),
      existingNullable: options.existingNullable ?? undefined,
      existingComment: options.existingComment,
      existingAutoincrement: options.existingAutoincrement ?? undefined,
      modifyType: toType(options.type),
      modifyServerDefault: defaultOf(options.serverDefault),
      modifyNullable: options.nullable ?? undefined,
      modifyComment: options.comment === false ? undefined : options.comment,
      modifyName: options.newColumnName ?? undefined,
      modifyAutoincrement: options.autoincrement ?? undefined,
      options: dialects,
      position,
    })
  }

  /** Whether anything but the name is changed; that a column numbers itself is said only beside another change. */
  hasChanges(): boolean {
    const { modifyNullable, modifyServerDefault, modifyType, modifyComment } = this
    return (
      [modifyNullable, modifyServerDefault, modifyType, modifyComment].some(
        (change) => change !== undefined,
      ) || changedOptions(this.options).length > 0
    )
  }

  /** Whether the name is all that is changed. */
  isRename(): boolean {
    return this.modifyName !== undefined && !this.hasChanges()
  }

  override async run(ctx: RunContext): Promise<void> {
    const { existingType, modifyType } = this
    if (existingType !== undefined && modifyType !== undefined) {
      for (const constraint of this.#constraintsOf(existingType, ctx)) {
        await ctx.impl.dropConstraint(constraint)
      }
    }
    const table = tableReference(this.tableName, this.schema)
    await ctx.impl.alterColumn(table, this.columnName, this.#alteration())
    if (modifyType === undefined) return
    for (const constraint of this.#constraintsOf(modifyType, ctx)) {
      await ctx.impl.addConstraint(constraint)
    }
  }

  #alteration(): ColumnAlteration {
    return {
      nullable: this.modifyNullable,
      serverDefault: this.modifyServerDefault,
      type: this.modifyType,
      comment: this.modifyComment,
      newName: this.modifyName,
      autoincrement: this.modifyAutoincrement,
      existing: {
        type: this.existingType,
        nullable: this.existingNullable,
        serverDefault: this.existingServerDefault,
        comment: this.existingComment,
        autoincrement: this.existingAutoincrement,
      },
      dialectOptions: this.options,
    }
  }

  /** The constraints that a column of this type brings along in the dialect. */
  #constraintsOf(type: TypeEngine, { schemaObjects, dialect }: RunContext): readonly Constraint[] {
    const column = new ColumnClass(this.columnName, type, [], {})
    const table = schemaObjects.table(this.tableName, [column], { schema: this.schema })
    return table.constraints.filter(
      (constraint) =>
        constraint instanceof CheckConstraint && dialect.ddl.constraints.isCreated(constraint),
    )
  }

  override reverse(): AlterColumnOp {
    return new AlterColumnOp(this.tableName, this.modifyName ?? this.columnName, {
      ...(this as AlterColumnFields),
      options: reversedOptions(this.options),
      ...(this.modifyName !== undefined && { modifyName: this.columnName }),
      ...(this.modifyType !== undefined && {
        existingType: this.modifyType,
        modifyType: this.existingType,
      }),
      ...(this.modifyNullable !== undefined && {
        existingNullable: this.modifyNullable,
        modifyNullable: this.existingNullable,
      }),
      ...(this.modifyServerDefault !== undefined && {
        existingServerDefault: this.modifyServerDefault,
        modifyServerDefault: this.existingServerDefault,
      }),
      ...(this.modifyComment !== undefined && {
        existingComment: this.modifyComment,
        modifyComment: this.existingComment ?? null,
      }),
      ...(this.modifyAutoincrement !== undefined && {
        existingAutoincrement: this.modifyAutoincrement,
        modifyAutoincrement: this.existingAutoincrement,
      }),
    })
  }

  override render(writer: SourceWriter): void {
    const { modifyServerDefault, modifyNullable, existingServerDefault } = this
    const restates = writer.context.rendering.restatesAutoincrement === true
    const args = [...writer.tableArgument(this.tableName), writer.name(this.columnName)]
    writer.statement(
      callWithOptions(writer.directive('alterColumn'), args, {
        existingType: this.existingType && renderType(this.existingType, writer),
        serverDefault:
          modifyServerDefault === undefined
            ? undefined
            : renderServerDefault(modifyServerDefault, writer),
        newColumnName: this.modifyName === undefined ? undefined : writer.name(this.modifyName),
        type: this.modifyType && renderType(this.modifyType, writer),
        nullable: renderOptional(modifyNullable, writer),
        comment:
          this.modifyComment === undefined ? undefined : renderValue(this.modifyComment, writer),
        existingComment: renderOptional(this.existingComment, writer),
        existingNullable:
          modifyNullable === undefined ? renderOptional(this.existingNullable, writer) : undefined,
        autoincrement: restates ? renderOptional(this.modifyAutoincrement, writer) : undefined,
        existingAutoincrement:
          restates && this.modifyAutoincrement === undefined
            ? renderOptional(this.existingAutoincrement, writer)
            : undefined,
        existingServerDefault: this.#saysExistingDefault()
          ? renderServerDefault(existingServerDefault ?? null, writer)
          : undefined,
        schema: writer.schemaOption(this.schema),
        ...renderDialectOptions(this.options, writer),
      }),
    )
  }

  /** An identity is added, changed and dropped by statements of their own: beside a new default the old one tells which. */
  #saysExistingDefault(): boolean {
    const { modifyServerDefault: wanted, existingServerDefault: there } = this
    if (wanted === undefined) return there !== undefined && there !== null
    return there !== undefined && (wanted?.kind === 'identity' || there?.kind === 'identity')
  }

  override toDiffTuple(): readonly unknown[] {
    const diffs: unknown[] = []
    const known = {
      existing_nullable: this.existingNullable ?? null,
      existing_type: this.existingType ?? null,
      existing_server_default: unlessUnsaid(this.existingServerDefault),
      existing_comment: this.existingComment ?? null,
    }
    const note = (tag: string, own: keyof typeof known, from: unknown, to: unknown): void => {
      const { [own]: _, ...others } = known
      diffs.push([tag, this.schema, this.tableName, this.columnName, others, from, to])
    }
    if (this.modifyName !== undefined) {
      const { schema, tableName, columnName, modifyName } = this
      diffs.push(['rename_column', schema, tableName, columnName, modifyName])
    }
    if (this.modifyType !== undefined) {
      note('modify_type', 'existing_type', known.existing_type, this.modifyType)
    }
    if (this.modifyNullable !== undefined) {
      note('modify_nullable', 'existing_nullable', known.existing_nullable, this.modifyNullable)
    }
    if (this.modifyServerDefault !== undefined) {
      const from = known.existing_server_default
      note('modify_default', 'existing_server_default', from, this.modifyServerDefault)
    }
    if (this.modifyComment !== undefined) {
      note('modify_comment', 'existing_comment', known.existing_comment, this.modifyComment)
    }
    for (const { key, from, to } of changedOptions(this.options)) {
      diffs.push([`modify_${key}`, this.schema, this.tableName, this.columnName, known, from, to])
    }
    return diffs
  }
}

interface ChangedOption {
  readonly dialect: string
  readonly key: string
  readonly from: unknown
  readonly to: unknown
}

/** Options of dialects that say what is to be and, as `existing…`, what is there. */
function changedOptions(options: DialectOptions): readonly ChangedOption[] {
  return Object.entries(options).flatMap(([dialect, own = {}]) =>
    Object.keys(own).flatMap((key) => {
      const existing = existingKey(key)
      return existing in own ? [{ dialect, key, from: own[existing], to: own[key] }] : []
    }),
  )
}

function existingKey(key: string): string {
  return `existing${key.charAt(0).toUpperCase()}${key.slice(1)}`
}

function reversedOptions(options: DialectOptions): DialectOptions {
  return changedOptions(options).reduce(
    (reversed, { dialect, key, from, to }) => ({
      ...reversed,
      [dialect]: { ...reversed[dialect], [key]: from, [existingKey(key)]: to },
    }),
    options,
  )
}

/** In difference tuples "not said" is `false`, as in the reference. */
function unlessUnsaid(value: ServerDefault | null | undefined): ServerDefault | null | false {
  return value === undefined ? false : value
}

/** A bad default is refused where it is written: what comes before that is emitted, as in the reference. */
function defaultOf(
  value: ServerDefaultLike | null | false | undefined,
): ServerDefault | null | undefined {
  if (value === undefined || value === false) return undefined
  return value === null ? null : toUncheckedDefault(value)
}
