/**
 * @module
 * Model: a decoded artifact in memory, ready to fold in, rank and explain.
 */
import type { Manifest } from './artifact/manifest.ts';

/**
 * Quantised item factors, N × d, in order of descending norm: column f of a row is
 * `values[row * stride + f]` × `scale`, along axis f of the basis.
 */
export interface ItemFactors {
  readonly rows: number;
  readonly dim: number;
  /** Bytes from one row to the next: `dim` rounded up to a multiple of 16, the rest zero. */
  readonly stride: number;
  readonly values: Int8Array;
  readonly scale: number;
  /**
   * d × d, row f the unit vector that column f is measured along; orthonormal, so that norms and
   * cosines are those of the columns. null: the axes themselves.
   */
  readonly basis: Float64Array | null;
  /** Rows per entry of `blockNorms`. */
  readonly blockRows: number;
  /** The largest norm of each block, in units of value (scale applied). */
  readonly blockNorms: Float64Array;
}

/** Metadata by column; null where an item has none. */
export type Catalogue = Readonly<Record<string, readonly unknown[]>>;

export interface ItemStatistics {
  /** Distinct users, all time, by row. */
  readonly popularity: Float64Array;
  /** Distinct users in the trending window, by row. */
  readonly trending: Float64Array;
}

export interface Model {
  readonly manifest: Manifest;
  /** Item id by row. */
  readonly ids: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  readonly factors: ItemFactors;
  /** S × 16 × 2, the codebooks of a compact model; null: the model has none. */
  readonly centroids: Float32Array | null;
  /** YᵀY, d × d, row-major, symmetric. */
  readonly gram: Float64Array;
  /** m, length d. */
  readonly prior: Float64Array;
  readonly statistics: ItemStatistics;
  readonly catalogue: Catalogue;
}
