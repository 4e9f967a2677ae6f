/**
 * @module
 * RetrievalEngine: the k rows with the largest inner product with a query.
 */

/** Rows that must not be retrieved: bit `row & 7` of byte `row >> 3`. */
export type RowMask = Uint8Array;

export interface TopK {
  /** Best first; equal scores by ascending row. */
  rows: Int32Array;
  scores: Float64Array;
}

export interface RetrievalEngine {
  readonly name: 'typescript' | 'wasm' | 'webgpu';
  /**
   * @param query - length d, any scale. Not modified.
   * @param k - at most this many rows; fewer only when fewer are unmasked.
   * @param mask - null: every row may be retrieved.
   * @throws {SottoError} `invalid-argument` for a query of another length; `not-finite`.
   */
  topK(query: Float64Array, k: number, mask: RowMask | null): TopK;
  /** The same scores for the given rows, in their order. */
  scoresOf(query: Float64Array, rows: Int32Array): Float64Array;
  dispose(): void;
}
