import type { OracleVectorIndex } from '../types/vector.ts'

const PARAMETERS: readonly (readonly [keyof OracleVectorIndex, 'HNSW' | 'IVF', string])[] = [
  ['hnswNeighbors', 'HNSW', 'neighbors'],
  ['hnswEfconstruction', 'HNSW', 'efconstruction'],
  ['ivfNeighborPartitions', 'IVF', 'neighbor partitions'],
  ['ivfSamplePerPartition', 'IVF', 'sample_per_partition'],
  ['ivfMinVectorsPerPartition', 'IVF', 'min_vectors_per_partition'],
]

/** What CREATE VECTOR INDEX says behind the columns. */
export function vectorIndexClauses(index: OracleVectorIndex): string {
  const { indexType = 'HNSW', distance, accuracy, parallel } = index
  const parameters = PARAMETERS.flatMap(([option, type, word]) =>
    type === indexType && index[option] !== undefined ? [`${word} ${index[option]}`] : [],
  )
  return [
    `ORGANIZATION ${indexType === 'HNSW' ? 'INMEMORY NEIGHBOR GRAPH' : 'NEIGHBOR PARTITIONS'}`,
    ...(distance === undefined ? [] : [`DISTANCE ${distance}`]),
    ...(accuracy === undefined ? [] : [`WITH TARGET ACCURACY ${accuracy}`]),
    `PARAMETERS (${[`type ${indexType}`, ...parameters].join(', ')})`,
    ...(parallel === undefined ? [] : [`PARALLEL ${parallel}`]),
  ].join(' ')
}
