/**
 * @module
 * What is popular with everyone, in order; sorted once a model and window.
 */
import { firstUnmasked } from './candidates.ts';
import type { ItemStatistics } from './model.ts';
import type { RowMask } from './retrieval/types.ts';

/** `trending`: in the model's last weeks; `all`: ever. */
export type PopularityWindow = 'trending' | 'all';

/**
 * @returns a function that gives the first `count` unmasked rows of a window, most popular first;
 * equal counts by the other window's, then by row.
 */
export function createPopularityOrder(statistics: ItemStatistics) {
  const sorted = new Map<PopularityWindow, Int32Array>();
  return (window: PopularityWindow, count: number, mask: RowMask): Int32Array => {
    let order = sorted.get(window);
    if (!order) {
      const { trending, popularity } = statistics;
      const [first, second] =
        window === 'trending' ? [trending, popularity] : [popularity, trending];
      order = Int32Array.from(first.keys()).sort(
        (left, right) => first[right] - first[left] || second[right] - second[left] || left - right,
      );
      sorted.set(window, order);
    }
    return firstUnmasked(order, count, mask);
  };
}
