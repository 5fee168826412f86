/**
 * Partitioning, as table options: `partitionBy`, `partitions`, `subpartitionBy`, `subpartitions`, and the definitions
 * of single partitions without the parentheses around them. MySQL puts it all in a version comment.
 */
export function partitionOptions(definition: string): Readonly<Record<string, string>> {
  const start = definition.search(/^(?: |\/\*!\d+ )?PARTITION BY /m)
  if (start === -1) return {}
  const clause = definition
    .slice(start)
    .replace(/^ ?(?:\/\*!\d+ )?/, '')
    .replace(/ \*\/\s*$/, '')
  const options: Record<string, string> = {}
  const definitions = /^\((PARTITION .*)\)\s*$/ms.exec(clause)?.[1]
  const head = definitions === undefined ? clause : clause.slice(0, clause.indexOf('\n(PARTITION'))
  for (const line of head.split(/\r?\n/)) {
    const found = /^(PARTITION BY|PARTITIONS|SUBPARTITION BY|SUBPARTITIONS) (.*)$/.exec(line.trim())
    const [, words = '', value = ''] = found ?? []
    if (found !== null) options[OPTION_KEYS[words] ?? words] = value
  }
  if (definitions !== undefined) {
    options['partitionDefinitions'] = definitions.replaceAll(/\s*\r?\n\s*/g, ' ')
  }
  return options
}

const OPTION_KEYS: Readonly<Record<string, string>> = {
  'PARTITION BY': 'partitionBy',
  PARTITIONS: 'partitions',
  'SUBPARTITION BY': 'subpartitionBy',
  SUBPARTITIONS: 'subpartitions',
}
