import { wordTypesOf, type WordTypeFactory } from '../../../sql/types/word-type.ts'

export { WordType, type WordTypeClass } from '../../../sql/types/word-type.ts'

/** Makes the class of the type that is called `name`. */
export const wordType: WordTypeFactory = wordTypesOf('postgresql')
