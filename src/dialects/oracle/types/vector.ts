import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of `VECTOR`; what is not said may be anything. */
export interface OracleVectorOptions {
  /** Number of dimensions. */
  readonly dim?: number
  readonly storageFormat?: 'INT8' | 'BINARY' | 'FLOAT32' | 'FLOAT64'
  readonly storageType?: 'SPARSE' | 'DENSE'
}

/** How a vector index is built. */
export interface OracleVectorIndex {
  /** A neighbour graph in memory (`HNSW`, the default), or neighbour partitions (`IVF`). */
  readonly indexType?: 'HNSW' | 'IVF'
  readonly distance?: 'EUCLIDEAN' | 'DOT' | 'COSINE' | 'MANHATTAN'
  /** Wanted accuracy in percent. */
  readonly accuracy?: number
  readonly hnswNeighbors?: number
  readonly hnswEfconstruction?: number
  readonly ivfNeighborPartitions?: number
  readonly ivfSamplePerPartition?: number
  readonly ivfMinVectorsPerPartition?: number
  readonly parallel?: number
}

class VectorType extends TypeEngine<unknown> {
  override readonly typeName = 'VECTOR'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'oracle'
  readonly dim: number | undefined
  readonly storageFormat: string | undefined
  readonly storageType: string | undefined

  constructor(dim?: number | OracleVectorOptions | null, options: OracleVectorOptions = {}) {
    super()
    const given = typeof dim === 'object' && dim !== null ? dim : options
    this.dim = typeof dim === 'number' ? dim : given.dim
    this.storageFormat = given.storageFormat
    this.storageType = given.storageType
  }

  override typeArguments(): TypeArguments {
    const { dim, storageFormat, storageType } = this
    return {
      positional: [],
      options: {
        ...(dim === undefined ? {} : { dim }),
        ...(storageFormat === undefined ? {} : { storageFormat }),
        ...(storageType === undefined ? {} : { storageType }),
      },
    }
  }
}

/** A vector: `VECTOR(3, { storageFormat: 'FLOAT32' })`. Server 23ai and later. */
export const VECTOR: Callable<typeof VectorType> = callable(VectorType)
export type VECTOR = VectorType
