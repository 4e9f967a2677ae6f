/**
 * @module
 * Model: a decoded artifact in memory, ready to fold in, rank and explain.
 */
import type { Manifest } from './artifact/manifest.ts';
import type { RowIndex } from './artifact/rowIndex.ts';

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

/**
 * Rows that can be read, quantised or not: all that learning needs. Float64 values at scale 1 are how
 * the tests compare with other libraries, free of quantisation.
 */
export type FactorRows = Omit<ItemFactors, 'values' | 'blockRows' | 'blockNorms'> & {
  readonly values: ArrayLike<number>;
};

/** Metadata by column; null where an item has none. */
export type Catalogue = Readonly<Record<string, readonly unknown[]>>;

/** In as few bytes as they need; a count may also be a weighted one, or a rate. */
export type Counts = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export interface ItemStatistics {
  /** Distinct users, all time, by row. */
  readonly popularity: Counts;
  /** Distinct users in the trending window, by row. */
  readonly trending: Counts;
  /** Distinct users in the last 10 and 30 days; null, as all that follows, where it is not known. */
  readonly recent10: Counts | null;
  readonly recent30: Counts | null;
  /** Days since the item's first event, when the model was made. */
  readonly ageDays: Counts | null;
  /** Users a month by calendar month, January first. */
  readonly months: readonly Counts[] | null;
}

/**
 * Which items speak for which others and how much, by the one that speaks: row r has entries
 * `starts[r]` up to `starts[r + 1]`, `rows` ascending, `weights` above 0.
 */
export interface ItemNeighbours {
  readonly starts: Uint32Array;
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

export interface Segment {
  readonly name: string;
  /** Users trained on. */
  readonly users: number;
  /** Their mean embedding, drawn towards everyone's; length d. */
  readonly prior: Float64Array;
  /** Rows that its users chose in the trending window, and how many of them chose each. */
  readonly rows: Int32Array;
  readonly counts: Float64Array;
}

export interface Segments {
  /** Name of the column that they were read from. */
  readonly column: string;
  /** Users of all segments and none who chose anything in the trending window. */
  readonly trendingUsers: number;
  readonly byName: ReadonlyMap<string, Segment>;
}

export interface Model {
  readonly manifest: Manifest;
  /** Item id by row. */
  readonly ids: readonly string[];
  readonly rowOf: RowIndex;
  readonly factors: ItemFactors;
  /** S × 16 × 2, the codebooks of a compact model; null: the model has none. */
  readonly centroids: Float32Array | null;
  /** YᵀY, d × d, row-major, symmetric. */
  readonly gram: Float64Array;
  /** m, length d. */
  readonly prior: Float64Array;
  readonly statistics: ItemStatistics;
  /** null: the model has none. */
  readonly neighbours: ItemNeighbours | null;
  readonly catalogue: Catalogue;
  /** Absent: the model has none. */
  readonly segments?: Segments | null;
  /** What is known of the items among newcomers; absent: as among everyone. See `inSegment`. */
  readonly newcomers?: ItemStatistics;
}
