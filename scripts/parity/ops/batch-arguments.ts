import type { BatchOptions } from '../../../src/operations/batch/batch-options.ts'
import { readKeywords, readValue, type Keywords } from '../values.ts'
import type { OperationStep } from './arguments.ts'

/** The options of a batch. */
export function readBatchOptions({ kw, args }: OperationStep): BatchOptions {
  const options: Record<string, unknown> = {}
  if (args[1] !== undefined) options['schema'] = readValue(args[1])
  for (const [key, value] of Object.entries(kw)) {
    switch (key) {
      case 'schema':
      case 'recreate':
        options[key] = readValue(value)
        break
      case 'copy_from':
        options['copyFrom'] = readValue(value)
        break
      case 'table_args':
        options['tableArgs'] = readValue(value)
        break
      case 'reflect_args':
        options['reflectArgs'] = readValue(value)
        break
      case 'table_kwargs':
        options['tableOptions'] = readKeywords(value as Keywords)
        break
      case 'reflect_kwargs':
        options['reflectOptions'] = readKeywords(value as Keywords)
        break
      case 'naming_convention':
        options['namingConvention'] = value
        break
      case 'partial_reordering':
        options['partialReordering'] = value
        break
      default:
        throw new TypeError(`a batch has no option ${key}`)
    }
  }
  return options
}
