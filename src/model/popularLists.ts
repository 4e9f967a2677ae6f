/**
 * @module
 * Lists of what is popular, the same for everyone but for what a visitor is not to see.
 */
import type { RankedItem } from './engineTypes.ts';
import { makeList, type WantedList } from './makeList.ts';
import type { ItemStatistics, Model } from './model.ts';
import { createPopularityOrder, type PopularityWindow } from './popularityOrder.ts';
import type { Pause } from './steps.ts';

export interface PopularLists {
  readonly order: ReturnType<typeof createPopularityOrder>;
  make(
    window: PopularityWindow,
    wanted: Omit<WantedList, 'source' | 'isRanked'>,
  ): Promise<RankedItem[]>;
}

export function createPopularLists(
  model: Model,
  statistics: ItemStatistics,
  pause?: Pause,
): PopularLists {
  const order = createPopularityOrder(statistics, pause);
  return {
    order,
    make(window, wanted) {
      const [source, counts] =
        window === 'trending'
          ? (['trending', statistics.trending] as const)
          : (['popular', statistics.popularity] as const);
      return makeList(model, { ...wanted, source, isRanked: false }, async (count, mask) => {
        const rows = await order(window, count, mask);
        return { rows, scores: Float64Array.from(rows, (row) => counts[row]) };
      });
    },
  };
}
