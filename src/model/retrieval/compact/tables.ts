/**
 * @module
 * A query against every centroid, as int8: what the scan looks up instead of multiplying.
 *
 * score ≈ gain × (unit × Σ table[s][code] + bias), the sum over subspaces s. Each table is moved
 * to lie evenly about 0 (the moves add up to `bias`). Sums are int8 too and stop at its ends, which
 * spares the scan a tenth of its work. So the unit spreads int8 over three times the length that
 * tables of random sign add up to: past that lie next to no rows, and a finer unit tells the rest
 * better apart.
 */
import { CENTROIDS, columnsOf, subspaceCount } from './layout.ts';

/** Lengths of the tables' half widths, taken as a vector, that int8 reaches to. */
const REACH = 3;

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
  let most = 0;
  let squares = 0;
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
    const halfWidth = (high - low) / 2;
    most += halfWidth;
    squares += halfWidth * halfWidth;
  }
  const unit = most === 0 ? 1 : Math.min(most, REACH * Math.sqrt(squares)) / 127;
  for (let at = 0; at < exact.length; at++) tables[at] = Math.round(exact[at] / unit);
  return { tables, unit, bias };
}
