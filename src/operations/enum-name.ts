import { nameParts, type NameLike } from '../sql/elements/identifier.ts'
import { EnumType } from '../sql/types/enum.ts'

/** The enumeration type of a name, with the labels that are known of it. */
export function enumOf(
  name: NameLike,
  values: readonly string[],
  schema: NameLike | null,
): EnumType {
  return new EnumType(...values, {
    name: nameParts(name).text,
    ...(schema === null ? {} : { schema: nameParts(schema).text }),
  })
}
