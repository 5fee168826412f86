import { callable, type Callable } from '../../../sql/types/callable.ts'
import { JSON as StandardJSON } from '../../../sql/types/json.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

class JSONType extends StandardJSON {
  override readonly dialectName: string | null = 'mysql'
}

/** A JSON document; on MariaDB a LONGTEXT that must hold one. */
export const JSON: Callable<typeof JSONType> = callable(JSONType)
export type JSON = JSONType

class INET4Type extends TypeEngine<string> {
  override readonly typeName: string = 'INET4'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
}

/** An IPv4 address; MariaDB 10.10 and later. */
export const INET4: Callable<typeof INET4Type> = callable(INET4Type)
export type INET4 = INET4Type

class INET6Type extends TypeEngine<string> {
  override readonly typeName: string = 'INET6'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
}

/** An IPv6 address; MariaDB 10.5 and later. */
export const INET6: Callable<typeof INET6Type> = callable(INET6Type)
export type INET6 = INET6Type

/** Options of the spatial types. */
export interface SpatialOptions {
  /** Spatial reference system of all values; any unless given. MySQL 8 and later. */
  readonly srid?: number
}

abstract class SpatialType extends TypeEngine<Uint8Array> {
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
  readonly srid: number | undefined

  constructor(options: SpatialOptions = {}) {
    super()
    this.srid = options.srid
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.srid === undefined ? {} : { srid: this.srid } }
  }
}

class GEOMETRYType extends SpatialType {
  override readonly typeName: string = 'GEOMETRY'
}

/** Any spatial value. */
export const GEOMETRY: Callable<typeof GEOMETRYType> = callable(GEOMETRYType)
export type GEOMETRY = GEOMETRYType

class POINTType extends SpatialType {
  override readonly typeName: string = 'POINT'
}

/** A point in the plane. */
export const POINT: Callable<typeof POINTType> = callable(POINTType)
export type POINT = POINTType

class LINESTRINGType extends SpatialType {
  override readonly typeName: string = 'LINESTRING'
}

/** Points joined by straight lines. */
export const LINESTRING: Callable<typeof LINESTRINGType> = callable(LINESTRINGType)
export type LINESTRING = LINESTRINGType

class POLYGONType extends SpatialType {
  override readonly typeName: string = 'POLYGON'
}

/** An area with an outer edge, and holes. */
export const POLYGON: Callable<typeof POLYGONType> = callable(POLYGONType)
export type POLYGON = POLYGONType

class MULTIPOINTType extends SpatialType {
  override readonly typeName: string = 'MULTIPOINT'
}

/** Several points. */
export const MULTIPOINT: Callable<typeof MULTIPOINTType> = callable(MULTIPOINTType)
export type MULTIPOINT = MULTIPOINTType

class MULTILINESTRINGType extends SpatialType {
  override readonly typeName: string = 'MULTILINESTRING'
}

/** Several line strings. */
export const MULTILINESTRING: Callable<typeof MULTILINESTRINGType> = callable(MULTILINESTRINGType)
export type MULTILINESTRING = MULTILINESTRINGType

class MULTIPOLYGONType extends SpatialType {
  override readonly typeName: string = 'MULTIPOLYGON'
}

/** Several polygons. */
export const MULTIPOLYGON: Callable<typeof MULTIPOLYGONType> = callable(MULTIPOLYGONType)
export type MULTIPOLYGON = MULTIPOLYGONType

class GEOMETRYCOLLECTIONType extends SpatialType {
  override readonly typeName: string = 'GEOMETRYCOLLECTION'
}

/** Several spatial values of any kind. */
export const GEOMETRYCOLLECTION: Callable<typeof GEOMETRYCOLLECTIONType> =
  callable(GEOMETRYCOLLECTIONType)
export type GEOMETRYCOLLECTION = GEOMETRYCOLLECTIONType

class VECTORType extends TypeEngine<Uint8Array> {
  override readonly typeName: string = 'VECTOR'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
  readonly dimensions: number | undefined

  constructor(dimensions?: number | null) {
    super()
    this.dimensions = dimensions ?? undefined
  }

  override typeArguments(): TypeArguments {
    return { positional: this.dimensions === undefined ? [] : [this.dimensions], options: {} }
  }
}

/** A vector of 32-bit floats; MariaDB 11.7, MySQL 9.0. */
export const VECTOR: Callable<typeof VECTORType> = callable(VECTORType)
export type VECTOR = VECTORType
