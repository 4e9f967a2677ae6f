/**
 * @module
 * statisticsOverTime: an item's counts as they were at one moment after another, for a model whose
 * statistics are counted anew every night. The same numbers as `itemStatistics` and
 * `timedStatistics` of the events before each moment, in one pass over all of them.
 */
import type { StatisticsColumns } from '../artifact/manifest.ts';
import type { Interactions, TimedInteractions } from '../interactions.ts';
import { createMonthCounts, monthlyRates } from './seasons.ts';

const DAY_MS = 86_400_000;

export interface DatedStatistics {
  columns: StatisticsColumns;
  /** Of the newest event counted, ms since the epoch. */
  newestMs: number;
}

/** Users who chose each item in the days up to now, while both ends of that stretch move on. */
interface Window {
  days: number;
  counts: Float64Array;
  /** Events before this place, in order of time, are out of it. */
  tail: number;
}

/**
 * @param trendingDays - as in `itemStatistics`.
 * @returns a function of moments, which must not go back: statistics of the events before each; null
 * where there is none yet.
 */
export function statisticsOverTime(
  interactions: TimedInteractions,
  trendingDays: number,
): (beforeMs: number) => DatedStatistics | null {
  const { timestamps, items, weights, itemIds } = interactions;
  const order = Int32Array.from(timestamps.keys()).sort(
    (left, right) => timestamps[left] - timestamps[right] || left - right,
  );
  const { pairOf, pairs } = pairsOf(interactions);
  /** By pair of user and item: the place of its newest event; -1: none yet. */
  const newestOf = new Int32Array(pairs).fill(-1);
  const popularity = new Float64Array(itemIds.length);
  const firstMs = new Float64Array(itemIds.length).fill(Infinity);
  const months = createMonthCounts(itemIds.length, pairs);
  const windows = [trendingDays, 30, 10].map((days): Window => ({
    days,
    counts: new Float64Array(itemIds.length),
    tail: 0,
  }));
  let head = 0;

  function take(place: number): void {
    const row = order[place];
    if (!(weights[row] > 0)) return;
    const item = items[row];
    const pair = pairOf[row];
    const before = newestOf[pair];
    if (before < 0) popularity[item]++;
    firstMs[item] = Math.min(firstMs[item], timestamps[row]);
    for (const window of windows) if (before < window.tail) window.counts[item]++;
    months.add(timestamps[row], item, pair);
    newestOf[pair] = place;
  }

  function leaveBehind(window: Window, newestMs: number): void {
    const sinceMs = newestMs - window.days * DAY_MS;
    for (; window.tail < head && timestamps[order[window.tail]] < sinceMs; window.tail++) {
      const row = order[window.tail];
      // Whoever has had it since is still in.
      if (weights[row] > 0 && newestOf[pairOf[row]] === window.tail) window.counts[items[row]]--;
    }
  }

  return (beforeMs) => {
    while (head < order.length && timestamps[order[head]] < beforeMs) take(head++);
    if (head === 0) return null;
    const newestMs = timestamps[order[head - 1]];
    for (const window of windows) leaveBehind(window, newestMs);
    const [trending, recent30, recent10] = windows.map(({ counts }) => [...counts]);
    const columns: StatisticsColumns = {
      popularity: [...popularity],
      trending,
      recent10,
      recent30,
      ageDays: Array.from(firstMs, (first) =>
        Number.isFinite(first) ? Math.round((newestMs - first) / DAY_MS) : 0,
      ),
      ...monthlyRates(months.counts, timestamps[order[0]], newestMs),
    };
    return { columns, newestMs };
  };
}

/** A number for every pair of user and item, by row. */
function pairsOf({ users, items, itemIds }: Interactions): { pairOf: Int32Array; pairs: number } {
  const numbers = new Map<number, number>();
  const pairOf = Int32Array.from(users, (user, row) => {
    const key = user * itemIds.length + items[row];
    let pair = numbers.get(key);
    if (pair === undefined) numbers.set(key, (pair = numbers.size));
    return pair;
  });
  return { pairOf, pairs: numbers.size };
}
