import { MigrationImpl } from '../../impl/migration-impl.ts'

/** How Firebird carries operations out. */
export class FirebirdImpl extends MigrationImpl {
  protected override get hasCommentStatements(): boolean {
    return true
  }
}
