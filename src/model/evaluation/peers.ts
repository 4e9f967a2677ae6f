/**
 * @module
 * Engines that know no taste: the same list for everyone, less what each has already. What any
 * personal engine must beat.
 */
import type { Interactions } from '../interactions.ts';
import type { EvaluatedEngine } from './types.ts';

const DAY_MS = 86_400_000;

/** Distinct users, all time. */
export function popularityEngine(training: Interactions): EvaluatedEngine {
  const order = byUsers(training, -Infinity, Infinity);
  return {
    name: 'popularity',
    recommend: (history, _nowMs, count) => firstUnseen(order, history, count),
  };
}

/**
 * Distinct users in the `days` before the newest training event: what a published model's
 * `trending` holds, as old as the model is.
 */
export function trendingEngine(training: Interactions, days: number): EvaluatedEngine {
  let newestMs = -Infinity;
  for (const timestamp of training.timestamps ?? []) newestMs = Math.max(newestMs, timestamp);
  const order = byUsers(training, newestMs - days * DAY_MS, Infinity);
  return {
    name: `trending ${days} d`,
    recommend: (history, _nowMs, count) => firstUnseen(order, history, count),
  };
}

/**
 * Distinct users in the `days` before each request: what a site that counts afresh every day would
 * show. It sees events after the training cut, which no other engine here does: an orientation, not
 * a fair peer.
 *
 * @param current - events of others up to the newest request, over the items of the training table.
 */
export function freshTrendingEngine(current: Interactions, days: number): EvaluatedEngine {
  const orders = new Map<number, Int32Array>();
  return {
    name: `trending ${days} d, fresh`,
    recommend: (history, nowMs, count) => {
      // Counted up to the last midnight, so that a day is counted once.
      const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
      let order = orders.get(midnightMs);
      if (!order) {
        order = byUsers(current, midnightMs - days * DAY_MS, midnightMs);
        orders.set(midnightMs, order);
      }
      return firstUnseen(order, history, count);
    },
  };
}

/** All items by distinct users with an event in [fromMs, toMs), most first; ties by index. */
function byUsers(table: Interactions, fromMs: number, toMs: number): Int32Array {
  const items = table.itemIds.length;
  const pairs = new Set<number>();
  const counts = new Int32Array(items);
  for (let row = 0; row < table.items.length; row++) {
    const timestamp = table.timestamps?.[row] ?? 0;
    if (timestamp < fromMs || timestamp >= toMs) continue;
    const pair = table.users[row] * items + table.items[row];
    if (pairs.has(pair)) continue;
    pairs.add(pair);
    counts[table.items[row]]++;
  }
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
