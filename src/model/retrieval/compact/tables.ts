/**
 * @module
 * A query against every centroid, as int8: what the scan looks up instead of multiplying.
 *
 * score ≈ gain × (unit × Σ table[s][code] + bias), the sum over subspaces s. Each table is moved
 * to lie evenly about 0 (the moves add up to `bias`), and the unit is the finest with which no
 * eight tables in a row can leave int8; the sums of eights fit int16 for any d up to 512.
 */
import { CENTROIDS, columnsOf, subspaceCount } from './layout.ts';

/** Tables summed in int8 before the sum is widened. */
export const TABLES_PER_SUM = 8;

export interface QueryTables {
  /** S × 16. */
  tables: Int8Array;
  unit: number;
  bias: number;
}

/**
 * @param query - length ≥ d, in the frame of the factors' columns.
 * @param tables - S × 16; overwritten.
 */
export function fillTables(
  query: ArrayLike<number>,
  dim: number,
  centroids: Float32Array,
  tables: Int8Array,
): QueryTables {
  const subspaces = subspaceCount(dim);
  const exact = new Float64Array(subspaces * CENTROIDS);
  let bias = 0;
  let widest = 0;
  let width = 0;
  for (let subspace = 0; subspace < subspaces; subspace++) {
    const [first, second] = columnsOf(subspace, dim);
    const x = query[first];
    const y = second < 0 ? 0 : query[second];
    let low = Infinity;
    let high = -Infinity;
    const start = subspace * CENTROIDS;
    for (let at = start; at < start + CENTROIDS; at++) {
      const product = x * centroids[2 * at] + y * centroids[2 * at + 1];
      exact[at] = product;
      if (product < low) low = product;
      if (product > high) high = product;
    }
    const middle = (low + high) / 2;
    for (let at = start; at < start + CENTROIDS; at++) exact[at] -= middle;
    bias += middle;
    if (subspace % TABLES_PER_SUM === 0) width = 0;
    width += (high - low) / 2;
    widest = Math.max(widest, width);
  }
  // Rounding can add half a unit in each of the eight.
  const unit = widest === 0 ? 1 : widest / (127 - TABLES_PER_SUM / 2);
  for (let at = 0; at < exact.length; at++) tables[at] = Math.round(exact[at] / unit);
  return { tables, unit, bias };
}
