/**
 * @module
 * What is popular with everyone, in order; sorted once a model and window.
 */
import { firstUnmasked } from './candidates.ts';
import type { ItemStatistics } from './model.ts';
import type { RowMask } from './retrieval/types.ts';
import { sortRows } from './sortRows.ts';
import { withPauses, type Pause } from './steps.ts';

/** `trending`: in the model's last weeks; `all`: ever. */
export type PopularityWindow = 'trending' | 'all';

/**
 * @returns a function that gives the first `count` unmasked rows of a window, most popular first;
 * equal counts by the other window's, then by row.
 */
export function createPopularityOrder(statistics: ItemStatistics, pause?: Pause) {
  const sorted = new Map<PopularityWindow, Promise<Int32Array>>();
  return async (window: PopularityWindow, count: number, mask: RowMask): Promise<Int32Array> => {
    let order = sorted.get(window);
    if (!order) {
      const { trending, popularity } = statistics;
      const [first, second] =
        window === 'trending' ? [trending, popularity] : [popularity, trending];
      const steps = sortRows(
        first.length,
        (left, right) => first[right] - first[left] || second[right] - second[left] || left - right,
      );
      order = withPauses(steps, pause);
      sorted.set(window, order);
    }
    return firstUnmasked(await order, count, mask);
  };
}
