/**
 * @module
 * The plain blend, of models without learned weights: what the visitor's taste says of an item,
 * times a gentle prior for what is on the way up for everyone.
 *
 *   score = similarity · ((trending + 1) / (popularity + 20))^γ
 *
 * The prior is a factor, so a score still falls apart into the shares of past events. A negative
 * similarity is divided by it instead, so that the prior always works in the same direction.
 */
import type { ItemStatistics } from '../model.ts';
import type { Ranker } from './types.ts';

/** Chosen on a validation period; docs/quality.md has the comparison. */
export const DEFAULT_TREND_EXPONENT = 0.5;

/** Keep an item with few events from looking like a sensation. */
const TRENDING_PRIOR = 1;
const POPULARITY_PRIOR = 20;

/** @param exponent - γ: 0 leaves the order to taste alone. */
export function createBlendRanker(exponent = DEFAULT_TREND_EXPONENT): Ranker {
  const blend = (statistics: ItemStatistics, row: number, similarity: number): number => {
    const factor = trendFactor(statistics, row, exponent);
    return similarity >= 0 ? similarity * factor : similarity / factor;
  };
  return {
    name: 'blend',
    score({ rows, similarity }, { model }) {
      return similarity.map((value, index) => blend(model.statistics, rows[index], value));
    },
    parts: (row, similarity, { model }) => [
      { signal: 'similarity', score: blend(model.statistics, row, similarity) },
    ],
  };
}

export function trendFactor(
  statistics: Pick<ItemStatistics, 'popularity' | 'trending'>,
  row: number,
  exponent: number,
): number {
  const trending = statistics.trending[row] + TRENDING_PRIOR;
  return (trending / (statistics.popularity[row] + POPULARITY_PRIOR)) ** exponent;
}
