import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Computed, Identity, SequenceOptions } from '../../../sql/schema/server-default.ts'
import { identityOptions } from './own-options.ts'

/** Writes columns as Oracle has them. */
export class OracleColumnCompiler extends ColumnCompiler {
  /** Generated columns are never stored. */
  protected override computed(computed: Computed): string {
    if (computed.persisted === true) {
      throw new CompileError(
        "Oracle Database computed columns do not support 'stored' persistence; set the 'persisted' flag to null or false for Oracle Database support.",
      )
    }
    return super.computed(computed)
  }

  override identity(identity: Identity): string {
    const { onNull = identity.onNull, order = identity.options.order } = identityOptions(identity)
    const kind = identity.always === true ? 'ALWAYS' : 'BY DEFAULT'
    const options = this.sequenceOptions({ ...identity.options, order: order ?? null }).join(' ')
    const nulls = onNull === true ? ' ON NULL' : ''
    return `GENERATED ${kind}${nulls} AS IDENTITY${options === '' ? '' : ` (${options})`}`
  }

  /** NOMINVALUE, NOMAXVALUE and NOCYCLE are one word each. */
  override sequenceOptions(options: SequenceOptions): string[] {
    const phrases = super
      .sequenceOptions(options)
      .map((phrase) => phrase.replace(/^NO (MINVALUE|MAXVALUE|CYCLE)$/, 'NO$1'))
    const { order = null } = options
    return order === null ? phrases : [...phrases, order ? 'ORDER' : 'NOORDER']
  }
}
