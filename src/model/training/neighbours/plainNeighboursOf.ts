/**
 * @module
 * Neighbours without a regression: how often they occur together, as a share of how often the one
 * that speaks occurs at all, held back where that is seldom. For catalogues too large for more.
 */
import type { SparseMatrix } from '../sparse.ts';
import { createCoOccurring } from './coOccurring.ts';
import type { NeighbourOptions, Neighbours } from './neighboursOf.ts';

export function createPlainNeighboursOf(
  users: SparseMatrix,
  items: SparseMatrix,
  { kept, lambda }: Pick<NeighbourOptions, 'kept' | 'lambda'>,
): (item: number) => Neighbours {
  const coOccurring = createCoOccurring(users, items, kept);
  const weightOf = (item: number): number => {
    let weight = 0;
    for (let at = items.starts[item]; at < items.starts[item + 1]; at++) {
      weight += items.values[at] ** 2;
    }
    return weight;
  };
  return (item) => {
    const { rows, together } = coOccurring(item);
    return {
      rows: [...rows],
      weights: Array.from(rows, (row, place) => together[place] / (weightOf(row) + lambda)),
    };
  };
}
