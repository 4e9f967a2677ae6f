/**
 * @module
 * What is like an item: its neighbours, strongest first, then what lies in the same direction.
 */
import type { ItemNeighbours } from './model.ts';
import type { RowMask, TopK } from './retrieval/types.ts';
import { isMasked } from './rules/mask.ts';

/**
 * @param found - by cosine, masked already, at least `count` where there are so many.
 * @returns at most `count`, best first. A neighbour scores 1 + its weight: above every cosine.
 */
export function similarRows(
  neighbours: ItemNeighbours | null,
  row: number,
  found: TopK,
  count: number,
  mask: RowMask,
): TopK {
  if (!neighbours) return found;
  const { starts, rows, weights } = neighbours;
  const near = Array.from({ length: starts[row + 1] - starts[row] }, (_, index) => {
    const at = starts[row] + index;
    return { row: rows[at], score: 1 + weights[at] };
  })
    .filter((one) => !isMasked(mask, one.row))
    .sort((left, right) => right.score - left.score || left.row - right.row);
  const known = new Set(near.map((one) => one.row));
  for (const [index, far] of found.rows.entries()) {
    if (!known.has(far)) near.push({ row: far, score: found.scores[index] });
  }
  const list = near.slice(0, count);
  return {
    rows: Int32Array.from(list, (one) => one.row),
    scores: Float64Array.from(list, ({ score }) => score),
  };
}
