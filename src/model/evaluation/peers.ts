/**
 * @module
 * Engines that know no taste: the same list for everyone, less what each has already. What any
 * personal engine must beat.
 */
import type { Interactions } from '../interactions.ts';
import { itemStatistics } from '../training/statistics.ts';
import { itemsOf, type EvaluatedEngine } from './types.ts';

const DAY_MS = 86_400_000;

/** Distinct users, all time: the `popularity` of a published model. */
export function popularityEngine(training: Interactions): EvaluatedEngine {
  return listEngine('popularity', ranking(itemStatistics(training, 1).popularity));
}

/**
 * Distinct users in the `days` before the newest training event: the `trending` of a published
 * model, as old as the model is.
 */
export function trendingEngine(training: Interactions, days: number): EvaluatedEngine {
  return listEngine(`trending ${days} d`, ranking(itemStatistics(training, days).trending));
}

/**
 * Distinct users in the `days` before each request: what a site that counts afresh every midnight
 * would show. It sees events after the training cut, which no other engine here does: an
 * orientation, not a fair peer.
 *
 * @param current - events of others up to the newest request, over the items of the training table.
 */
export function freshTrendingEngine(current: Interactions, days: number): EvaluatedEngine {
  const orders = new Map<number, Int32Array>();
  const sorted = byTime(current);
  return {
    name: `trending ${days} d, fresh`,
    recommend: (history, nowMs, count, taken) => {
      const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
      let order = orders.get(midnightMs);
      if (!order) {
        const window = between(sorted, midnightMs - days * DAY_MS, midnightMs);
        order = ranking(itemStatistics(window, days).popularity);
        orders.set(midnightMs, order);
      }
      return firstUnseen(order, taken ?? itemsOf(history), count);
    },
  };
}

function listEngine(name: string, order: Int32Array): EvaluatedEngine {
  return {
    name,
    recommend: (history, _nowMs, count, taken) =>
      firstUnseen(order, taken ?? itemsOf(history), count),
  };
}

/** The rows by time, so that a window is a stretch of them. */
function byTime(table: Interactions): Interactions & { timestamps: Float64Array } {
  const times = table.timestamps ?? new Float64Array(table.users.length);
  const order = Int32Array.from(times.keys()).sort((left, right) => times[left] - times[right]);
  return {
    ...table,
    users: order.map((row) => table.users[row]),
    items: order.map((row) => table.items[row]),
    weights: Float32Array.from(order, (row) => table.weights[row]),
    timestamps: Float64Array.from(order, (row) => times[row]),
  };
}

/** The rows with fromMs ≤ time < toMs; unlike a subset, over the same users and items. */
function between(
  sorted: Interactions & { timestamps: Float64Array },
  fromMs: number,
  toMs: number,
): Interactions {
  const start = firstAtOrAfter(sorted.timestamps, fromMs);
  const end = firstAtOrAfter(sorted.timestamps, toMs);
  return {
    ...sorted,
    users: sorted.users.subarray(start, end),
    items: sorted.items.subarray(start, end),
    weights: sorted.weights.subarray(start, end),
    timestamps: sorted.timestamps.subarray(start, end),
  };
}

function firstAtOrAfter(times: Float64Array, ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All items, largest count first; ties by index. */
function ranking(counts: readonly number[]): Int32Array {
  return Int32Array.from(counts.keys()).sort(
    (left, right) => counts[right] - counts[left] || left - right,
  );
}

function firstUnseen(order: Int32Array, taken: ReadonlySet<number>, count: number): number[] {
  const list: number[] = [];
  for (const item of order) {
    if (list.length === count) break;
    if (!taken.has(item)) list.push(item);
  }
  return list;
}
