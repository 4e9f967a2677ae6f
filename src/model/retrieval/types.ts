/**
 * @module
 * RetrievalEngine: the k rows with the largest inner product, or cosine, with a query.
 */

/** Rows that must not be retrieved: bit `row & 7` of byte `row >> 3`. */
export type RowMask = Uint8Array;

/** `cosine` leaves out the query's own length, which is the same for every row. */
export type Measure = 'inner-product' | 'cosine';

export interface TopKQuery {
  /** Length d, any scale. Not modified. */
  readonly vector: Float64Array;
  /** At most this many rows; fewer only when fewer are unmasked. In [1, rows or more]. */
  readonly k: number;
  /** null: every row may be retrieved. */
  readonly mask: RowMask | null;
  readonly measure: Measure;
}

export interface TopK {
  /** Best first; equal scores by ascending row. */
  rows: Int32Array;
  /** Against the quantised query: exact to about 1e-4 of the largest. */
  scores: Float64Array;
}

export interface RetrievalEngine {
  readonly name: 'typescript' | 'wasm' | 'webgpu';
  /**
   * A promise where another device computes. Arguments are read before it returns, and calls may
   * overlap.
   *
   * @throws {SottoError} `invalid-argument` for a vector or mask of another length, or a k that is
   * no whole number of at least 1; `not-finite` for a vector that is not; `webgpu-unavailable` once
   * the device is lost.
   */
  topK(query: TopKQuery): TopK | Promise<TopK>;
  dispose(): void;
}

/** One that computes where it is called, so that its answer needs no waiting for. */
export interface ImmediateRetrievalEngine extends RetrievalEngine {
  topK(query: TopKQuery): TopK;
}
