/**
 * @module
 * Whether norms are flat: the weakest block's so near the strongest's that no list's end lies
 * between them. Then no block can be passed over, and a sample tells of all rows.
 */
const FLAT = 0.95;

export function areFlat(blockNorms: Float64Array): boolean {
  let least = Infinity;
  let largest = 0;
  for (const norm of blockNorms) {
    least = Math.min(least, norm);
    largest = Math.max(largest, norm);
  }
  return least >= FLAT * largest;
}
