/**
 * @module
 * An engine whose model's statistics are counted anew every midnight, as `sotto refresh` does for a
 * site that runs it every night: the events of everyone but the held-out users, up to then.
 */
import type { TimedInteractions } from '../interactions.ts';
import type { Model } from '../model.ts';
import { statisticsOverTime, type DatedStatistics } from '../training/statisticsOverTime.ts';
import { withStatistics } from '../training/withStatistics.ts';
import type { EvaluatedEngine } from './types.ts';

const DAY_MS = 86_400_000;

/**
 * @param current - events of others up to the newest request, over the items of the training table.
 * @param makeEngine - on the model with that day's statistics; called once a day of the requests, as
 * long as they do not go back in time.
 */
export function refreshedEngine(
  name: string,
  model: Model,
  current: TimedInteractions,
  makeEngine: (model: Model) => EvaluatedEngine,
): EvaluatedEngine {
  const { trendingDays } = model.manifest;
  let day = -Infinity;
  let countBefore: (midnightMs: number) => DatedStatistics | null;
  let engine: EvaluatedEngine;
  return {
    name,
    recommend(history, nowMs, count, taken) {
      const today = Math.floor(nowMs / DAY_MS);
      if (today !== day) {
        if (today < day || day === -Infinity) {
          countBefore = statisticsOverTime(current, trendingDays);
        }
        day = today;
        const counted = countBefore(today * DAY_MS);
        engine = makeEngine(counted ? withStatistics(model, current.itemIds, counted) : model);
      }
      return engine.recommend(history, nowMs, count, taken);
    },
  };
}
