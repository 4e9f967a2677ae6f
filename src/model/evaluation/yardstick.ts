/**
 * @module
 * What the lists of one fold are held against, whoever made them: who met each item, and what
 * popularity alone would have shown.
 */
import { itemAudience, type ItemAudience } from './itemAudience.ts';
import { popularityEngine } from './peers.ts';
import type { Fold } from './types.ts';

/** The lists that coverage, novelty, diversity and serendipity look at. */
export const LIST_LENGTH = 20;

export interface Yardstick {
  readonly audience: ItemAudience;
  /** By case: the items that popularity would have listed for this visitor. */
  readonly obvious: readonly ReadonlySet<number>[];
}

export function yardstickOf(fold: Fold): Yardstick {
  const popularity = popularityEngine(fold.training);
  return {
    audience: itemAudience(fold.training),
    obvious: fold.cases.map(
      ({ history, nowMs }) =>
        new Set(Array.from(popularity.recommend(history, nowMs, LIST_LENGTH) as number[])),
    ),
  };
}
