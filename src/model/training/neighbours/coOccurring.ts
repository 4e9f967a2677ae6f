/**
 * @module
 * The items that share most users with one item: where its neighbours are looked for.
 */
import type { SparseMatrix } from '../sparse.ts';

export interface CoOccurring {
  /** Rows of the items, ascending. */
  rows: Int32Array;
  /** Σ over shared users of both items' values, by place in `rows`. */
  together: Float64Array;
}

/**
 * How much what everybody has is held back: co-occurrence is divided by this power of an item's own
 * weight. At 0 every neighbourhood is the bestsellers, at 0.5 (the cosine) full of chance pairs.
 */
const POPULARITY_EXPONENT = 0.25;

/**
 * @param users - users × items. @param items - its transpose; values positive.
 * @returns a function that gives at most `count` of an item's companions, strongest kept.
 */
export function createCoOccurring(users: SparseMatrix, items: SparseMatrix, count: number) {
  const together = new Float64Array(items.rows);
  const damping = new Float64Array(items.rows);
  for (let item = 0; item < items.rows; item++) {
    let weight = 0;
    for (let at = items.starts[item]; at < items.starts[item + 1]; at++) {
      weight += items.values[at] ** 2;
    }
    damping[item] = weight ** -POPULARITY_EXPONENT;
  }
  return (item: number): CoOccurring => {
    const touched: number[] = [];
    for (let at = items.starts[item]; at < items.starts[item + 1]; at++) {
      const user = items.indices[at];
      const value = items.values[at];
      for (let entry = users.starts[user]; entry < users.starts[user + 1]; entry++) {
        const other = users.indices[entry];
        if (together[other] === 0) touched.push(other);
        together[other] += value * users.values[entry];
      }
    }
    const strength = (row: number): number => together[row] * damping[row];
    const kept = touched
      .filter((row) => row !== item)
      .sort((left, right) => strength(right) - strength(left) || left - right)
      .slice(0, count)
      .sort((left, right) => left - right);
    const found = {
      rows: Int32Array.from(kept),
      together: Float64Array.from(kept, (row) => together[row]),
    };
    for (const row of touched) together[row] = 0;
    return found;
  };
}
