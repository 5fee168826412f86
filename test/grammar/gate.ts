/** What a grammar says against one statement; undefined where it is one. */
export type Grammar = (sql: string) => string | undefined

/** A form that the server has and the grammar lacks. */
export interface GrammarGap {
  readonly form: RegExp
  /** What the grammar reads in its place, so that it still judges the rest of the statement. */
  readonly readAs: string
  /** A statement that has the form's parts where the grammar does read them. */
  readonly apart?: string
  /** The section of the server's manual that has the form. */
  readonly manual: string
}

/** A form that is emitted as recorded and that the server refuses too. */
export interface ForeignForm {
  readonly form: RegExp
  readonly reason: string
}

export interface Gate {
  readonly grammar: Grammar
  readonly gaps: readonly GrammarGap[]
  readonly foreign: readonly ForeignForm[]
}

/** What a gate finds wrong with statements, and with its own tables. */
export function complaints(gate: Gate, statements: readonly string[]): string[] {
  return [...new Set(statements)].flatMap((sql) => {
    const said = judge(gate, sql)
    return said === undefined ? [] : [`${said}: ${sql}`]
  })
}

/** The rows of both tables that no statement has a use for. */
export function idleRows({ gaps, foreign }: Gate, statements: readonly string[]): RegExp[] {
  return [...gaps, ...foreign]
    .map(({ form }) => form)
    .filter((form) => !statements.some((sql) => form.test(sql)))
}

function judge(gate: Gate, sql: string): string | undefined {
  const { grammar, gaps, foreign } = gate
  const asItIs = grammar(sql)
  if (foreign.some(({ form }) => form.test(sql))) {
    return asItIs === undefined ? 'listed as foreign, but the grammar reads it' : undefined
  }
  const open = gaps.filter(({ form }) => form.test(sql))
  if (open.length === 0) return asItIs
  if (asItIs === undefined) return 'listed as a gap, but the grammar reads it'
  let filled = sql
  for (const { form, readAs } of open) filled = filled.replaceAll(new RegExp(form, 'g'), readAs)
  const parts = open.flatMap((gap) => partsOf(gap, sql))
  return grammar(filled) ?? parts.map((part) => judge(gate, part)).find(Boolean)
}

function partsOf({ form, apart }: GrammarGap, sql: string): string[] {
  const [found] = form.exec(sql) ?? []
  return found === undefined || apart === undefined ? [] : [found.replace(form, apart)]
}
