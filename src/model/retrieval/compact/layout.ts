/**
 * @module
 * How the 4-bit codes of the compact engine lie: two columns of the factors make a subspace, 32
 * rows a group.
 *
 * A group is S × 16 bytes, subspace after subspace; byte b holds the codes of rows b (low half) and
 * b + 16 (high half). One SIMD register thus holds one subspace of a whole group.
 */

/** Centroids a subspace: what a 4-bit code can name. */
export const CENTROIDS = 16;
export const GROUP_ROWS = 32;

/** S. */
export function subspaceCount(dim: number): number {
  return Math.ceil(dim / 2);
}

/**
 * Columns come in descending variance. The strongest goes with the weakest, so that sixteen
 * centroids have about as much to describe in every subspace.
 * @returns two columns; the second is −1 where an odd d leaves the first alone.
 */
export function columnsOf(subspace: number, dim: number): [number, number] {
  const partner = dim - 1 - subspace;
  return [subspace, partner === subspace ? -1 : partner];
}
