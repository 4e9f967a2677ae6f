/**
 * @module
 * What the visitor's items speak for: the sum over their neighbours, for every row of the catalogue.
 */
import type { ItemNeighbours } from '../model.ts';
import type { Interest } from './interests.ts';

export interface Companions {
  /** By row: Σ over interests of weight × the neighbour's weight. */
  readonly all: Float64Array;
  /** The same with `recent`. */
  readonly recent: Float64Array;
  /** Rows that anything speaks for or against, in no order. */
  readonly touched: Int32Array;
}

/** O(rows + neighbours of the interests). */
export function companionsOf(
  { starts, rows, weights }: ItemNeighbours,
  interests: readonly Interest[],
): Companions {
  const count = starts.length - 1;
  const all = new Float64Array(count);
  const recent = new Float64Array(count);
  const met = new Uint8Array(count);
  const touched: number[] = [];
  for (const interest of interests) {
    for (let at = starts[interest.row]; at < starts[interest.row + 1]; at++) {
      const row = rows[at];
      if (met[row] === 0) {
        met[row] = 1;
        touched.push(row);
      }
      all[row] += interest.weight * weights[at];
      recent[row] += interest.recent * weights[at];
    }
  }
  return { all, recent, touched: Int32Array.from(touched) };
}

/** How much one row speaks for another; 0 for strangers. */
export function neighbourWeight(
  { starts, rows, weights }: ItemNeighbours,
  from: number,
  to: number,
): number {
  let low = starts[from];
  let high = starts[from + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < starts[from + 1] && rows[low] === to ? weights[low] : 0;
}
