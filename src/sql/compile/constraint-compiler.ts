import { CompileError } from '../../errors/compile-error.ts'
import { TextClause, type SqlExpression } from '../elements/expression.ts'
import type { CheckConstraint, TypeBound } from '../schema/check-constraint.ts'
import { CheckConstraint as Check } from '../schema/check-constraint.ts'
import type { Constraint } from '../schema/constraint.ts'
import { ExcludeConstraint } from '../schema/exclude-constraint.ts'
import { ForeignKeyConstraint } from '../schema/foreign-key.ts'
import { PrimaryKeyConstraint, UniqueConstraint } from '../schema/key-constraints.ts'
import { resolveName } from '../schema/naming.ts'
import type { OwnerColumn } from '../schema/owner.ts'
import type { DialectTraits } from './dialect-traits.ts'
import type { SqlCompiler } from './sql-compiler.ts'

/** Writes constraints, as they stand in CREATE TABLE and behind ALTER TABLE … ADD. */
export class ConstraintCompiler {
  readonly traits: DialectTraits
  readonly sql: SqlCompiler

  constructor(traits: DialectTraits, sql: SqlCompiler) {
    this.traits = traits
    this.sql = sql
  }

  /** The constraint's whole definition: `CONSTRAINT pk_t PRIMARY KEY (id)`; nothing for a UNIQUE over no columns. */
  compile(constraint: Constraint): string {
    if (isEmptyUnique(constraint)) return ''
    return this.namePrefix(constraint) + this.body(constraint)
  }

  /** Whether CREATE TABLE has this constraint at all: types' CHECKs depend on what the dialect has natively. */
  isCreated(constraint: Constraint): boolean {
    if (constraint instanceof PrimaryKeyConstraint) return constraint.columnKeys.length > 0
    if (isEmptyUnique(constraint)) return false
    if (!(constraint instanceof Check) || constraint.typeBound === null) return true
    return this.isTypeBoundCreated(constraint.typeBound)
  }

  /** Whether a type's CHECK is needed in this dialect. */
  protected isTypeBoundCreated(bound: TypeBound): boolean {
    const type = bound.type.forDialect(this.traits.name)
    const check = type === bound.type ? bound.check : type.checkConstraint()
    if (check === null) return false
    const { supportsNativeBoolean, supportsNativeEnum } = this.traits
    return check.isNeeded({ boolean: supportsNativeBoolean, enum: supportsNativeEnum })
  }

  /** `CONSTRAINT name `, or nothing where the server is to name it. */
  namePrefix(constraint: Constraint): string {
    const name = resolveName(constraint)
    if (name === null) return ''
    return `CONSTRAINT ${this.sql.preparer.formatConstraint(name)} `
  }

  /** The definition behind the name. */
  protected body(constraint: Constraint): string {
    if (constraint instanceof PrimaryKeyConstraint) return this.primaryKey(constraint)
    if (constraint instanceof UniqueConstraint) return this.unique(constraint)
    if (constraint instanceof ForeignKeyConstraint) return this.foreignKey(constraint)
    if (constraint instanceof Check) return this.check(constraint)
    if (constraint instanceof ExcludeConstraint) return this.exclude(constraint)
    throw new CompileError(
      `Dialect ${this.traits.name} has no form for a constraint of kind ${constraint.kind}`,
    )
  }

  protected primaryKey(constraint: PrimaryKeyConstraint): string {
    const columns = this.primaryKeyColumns(constraint)
    return `PRIMARY KEY (${this.columnList(columns)})${this.deferrability(constraint)}`
  }

  /** The key's columns in the order in which they are written. */
  protected primaryKeyColumns(constraint: PrimaryKeyConstraint): readonly OwnerColumn[] {
    return constraint.columns
  }

  protected unique(constraint: UniqueConstraint): string {
    return `UNIQUE (${this.columnList(constraint.columns)})${this.deferrability(constraint)}`
  }

  protected check(constraint: CheckConstraint): string {
    return `CHECK (${this.checkCondition(constraint)})${this.deferrability(constraint)}`
  }

  /** The condition of a CHECK; a type's own one lists the type's values. */
  checkCondition(constraint: CheckConstraint): string {
    const { typeBound } = constraint
    if (typeBound === null) return this.sql.compileForDdl(constraint.sqltext)
    const column = constraint.table?.findColumn(typeBound.columnKey)
    const name = this.sql.preparer.quote(column?.name ?? typeBound.columnKey, column?.quote ?? null)
    const values = typeBound.check.values.map((value) =>
      this.sql.literals.renderLiteral(value, null),
    )
    return `${name} IN (${values.join(', ')})`
  }

  protected foreignKey(constraint: ForeignKeyConstraint): string {
    return `FOREIGN KEY(${this.columnList(constraint.columns)})${this.references(constraint)}`
  }

  /** ` REFERENCES t (id) ON DELETE CASCADE …`. */
  references(constraint: ForeignKeyConstraint): string {
    const { preparer } = this.sql
    const referred = constraint.referred
    const known = constraint.referredTable
    const table = preparer.formatTable({
      name: referred.table,
      quote: known?.quote ?? null,
      schema: this.referredSchema(constraint),
    })
    const columns = referred.columns.map((name) => {
      const column = known?.columns.find((candidate) => candidate.name === name)
      return preparer.quote(name, column?.quote ?? null)
    })
    return ` REFERENCES ${table} (${columns.join(', ')})${this.foreignKeyOptions(constraint)}`
  }

  /** The schema that the target of a foreign key is written with. */
  protected referredSchema(constraint: ForeignKeyConstraint): string | null {
    return constraint.referred.schema
  }

  /** Everything behind the target of a foreign key. */
  protected foreignKeyOptions(constraint: ForeignKeyConstraint): string {
    return this.match(constraint) + this.cascades(constraint) + this.deferrability(constraint)
  }

  protected match(constraint: ForeignKeyConstraint): string {
    return constraint.match === null ? '' : ` MATCH ${constraint.match}`
  }

  protected cascades(constraint: ForeignKeyConstraint): string {
    const { ondelete } = constraint
    const onDelete = ondelete === null ? '' : ` ON DELETE ${this.deleteAction(ondelete)}`
    return onDelete + this.onUpdate(constraint)
  }

  protected onUpdate({ onupdate }: ForeignKeyConstraint): string {
    return onupdate === null ? '' : ` ON UPDATE ${action(onupdate)}`
  }

  /** The action behind ON DELETE, checked: the text goes into SQL as it is. */
  protected deleteAction(text: string): string {
    const words = this.actionsNameColumns ? text.replace(/ *\([^()]*\)$/, '') : text
    action(words)
    return text
  }

  /** Whether `SET NULL (a, b)` is let through, for the server to judge. */
  protected get actionsNameColumns(): boolean {
    return false
  }

  /** ` DEFERRABLE INITIALLY DEFERRED`, as far as said. */
  protected deferrability(constraint: Constraint): string {
    const { deferrable, initially } = constraint
    const mode = deferrable === null ? '' : deferrable ? ' DEFERRABLE' : ' NOT DEFERRABLE'
    return initially === null ? mode : `${mode} INITIALLY ${phrase(initially, 'initially')}`
  }

  protected exclude(_constraint: ExcludeConstraint): string {
    throw new CompileError(
      `Dialect ${this.traits.name} has no EXCLUDE constraints; guard the operation with the dialect's name`,
    )
  }

  /** Quoted names with commas. */
  protected columnList(columns: readonly OwnerColumn[]): string {
    return columns.map((column) => this.sql.preparer.quote(column.name, column.quote)).join(', ')
  }

  /** A condition that is SQL text already, or an expression. */
  conditionText(condition: SqlExpression | string): string {
    return this.sql.compileForDdl(
      typeof condition === 'string' ? new TextClause(condition) : condition,
    )
  }
}

function isEmptyUnique(constraint: Constraint): boolean {
  return constraint instanceof UniqueConstraint && constraint.columnKeys.length === 0
}

const ACTIONS = /^(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)$/i

/** Refuses anything but the standard's referential actions: the text goes into SQL as it is. */
function action(text: string): string {
  if (ACTIONS.test(text)) return text
  throw new CompileError(
    `Unexpected SQL phrase: '${text}' (expected CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION)`,
  )
}

/** Refuses anything but words: the text goes into SQL as it is. */
function phrase(text: string, where: string): string {
  if (/^(?:DEFERRED|IMMEDIATE)$/i.test(text)) return text
  throw new CompileError(
    `Unexpected SQL phrase for ${where}: '${text}' (expected DEFERRED or IMMEDIATE)`,
  )
}
