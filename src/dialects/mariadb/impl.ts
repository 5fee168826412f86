import { MysqlImpl } from '../mysql/impl/index.ts'

/** How MariaDB carries operations out: as MySQL does; what differs is in the compilers. */
export class MariadbImpl extends MysqlImpl {
  override get implName(): string {
    return 'MariaDBImpl'
  }
}
