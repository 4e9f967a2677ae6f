/**
 * @module
 * Engines that know no taste: the same list for everyone, less what each has already. What any
 * personal engine must beat.
 */
import type { Interactions } from '../interactions.ts';
import { itemStatistics } from '../training/statistics.ts';
import type { EvaluatedEngine } from './types.ts';

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
  return {
    name: `trending ${days} d, fresh`,
    recommend: (history, nowMs, count) => {
      const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
      let order = orders.get(midnightMs);
      if (!order) {
        const window = between(current, midnightMs - days * DAY_MS, midnightMs);
        order = ranking(itemStatistics(window, days).popularity);
        orders.set(midnightMs, order);
      }
      return firstUnseen(order, history, count);
    },
  };
}

function listEngine(name: string, order: Int32Array): EvaluatedEngine {
  return { name, recommend: (history, _nowMs, count) => firstUnseen(order, history, count) };
}

/** The rows with fromMs ≤ time < toMs; unlike a subset, over the same users and items. */
function between(table: Interactions, fromMs: number, toMs: number): Interactions {
  const times = table.timestamps ?? new Float64Array(table.users.length);
  const keep = (_: number, row: number) => times[row] >= fromMs && times[row] < toMs;
  return {
    ...table,
    users: table.users.filter(keep),
    items: table.items.filter(keep),
    weights: table.weights.filter(keep),
    timestamps: times.filter(keep),
  };
}

/** All items, largest count first; ties by index. */
function ranking(counts: readonly number[]): Int32Array {
  return Int32Array.from(counts.keys()).sort(
    (left, right) => counts[right] - counts[left] || left - right,
  );
}

function firstUnseen(
  order: Int32Array,
  history: readonly { item: number }[],
  count: number,
): number[] {
  const seen = new Set(history.map((event) => event.item));
  const list: number[] = [];
  for (const item of order) {
    if (list.length === count) break;
    if (!seen.has(item)) list.push(item);
  }
  return list;
}
