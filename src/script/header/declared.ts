/** The value of an exported name, where the source says it literally. */
export type Literal = string | null | readonly string[]

/** What the source says about one of the names. */
export type Declared = { readonly literal: Literal } | 'computed'
