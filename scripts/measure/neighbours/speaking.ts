/**
 * @module
 * An engine of neighbours alone: what the visitor's items speak for, by itself or times the plain
 * blend's trend.
 */
import { recordsOf } from '../../../src/model/evaluation/sottoEngine.ts';
import { itemsOf, type EvaluatedEngine } from '../../../src/model/evaluation/types.ts';
import type { Interactions } from '../../../src/model/interactions.ts';
import { trendFactor } from '../../../src/model/rankers/blend.ts';
import { interestsOf, type Interest } from '../../../src/model/signals/interests.ts';
import { itemStatistics } from '../../../src/model/training/statistics.ts';
import { MODEL_OPTIONS } from '../options.ts';

/** @returns by item: how much the interests speak for it. */
export type Speaking = (interests: readonly Interest[]) => ArrayLike<number>;

/** @param trend - γ; 0 leaves the order to the neighbours. */
export function speakingEngine(
  name: string,
  speaking: Speaking,
  training: Interactions,
  trend: number,
): EvaluatedEngine {
  const { itemIds } = training;
  const { halfLifeDays, trendingDays } = MODEL_OPTIONS;
  const rowOf = new Map(itemIds.map((id, item) => [id, item]));
  const statistics = itemStatistics(training, trendingDays);
  const counts = {
    popularity: Float64Array.from(statistics.popularity),
    trending: Float64Array.from(statistics.trending),
  };
  const factors = Float64Array.from(itemIds, (_, item) => trendFactor(counts, item, trend));
  return {
    name,
    recommend(history, nowMs, count, taken = itemsOf(history)) {
      const records = recordsOf(history, itemIds, halfLifeDays).values();
      const scores = speaking(interestsOf(records, rowOf, halfLifeDays, null, nowMs));
      const values = factors.map((factor, item) => factor * scores[item]);
      return Int32Array.from(values.keys())
        .filter((item) => values[item] > 0 && !taken.has(item))
        .sort((left, right) => values[right] - values[left] || left - right)
        .subarray(0, count);
    },
  };
}
