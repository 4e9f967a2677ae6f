/**
 * @module
 * Neighbours with a direction: how likely somebody who had this buys that at a later visit, from the
 * newest days alone, drawn towards what anybody buys at a later visit.
 *
 *   P(j | i) = (n(i then j) + κ·p(j)) / (n(i) + κ)
 *
 * n(i): pairs of a user's visit that held i and another after it; n(i then j): those of them whose
 * later visit was the user's first with j; p(j): the same over every i. A visit is a UTC day.
 */
import type { Interactions } from '../../../src/model/interactions.ts';
import { DAY_MS } from '../options.ts';
import type { Speaking } from './speaking.ts';

export interface LaterVisits {
  /** Days before the newest event that are read. */
  days: number;
  /** κ: pairs of visits that what anybody buys counts for. */
  shrinkage: number;
  /** Visits after the one with i that are looked at; Infinity: all. */
  ahead: number;
}

/** Σ over interests of weight × P. O(items²) memory: a measurement, not a model. */
export function laterVisits(
  training: Interactions,
  { days, shrinkage, ahead }: LaterVisits,
): Speaking {
  const count = training.itemIds.length;
  const together = new Float32Array(count * count);
  const visitsWith = new Float64Array(count);
  const anybody = new Float64Array(count);
  let pairs = 0;
  for (const visits of visitsByUser(training, days)) {
    for (const [at, { items }] of visits.entries()) {
      for (const later of visits.slice(at + 1, at + 1 + ahead)) {
        for (const item of items) {
          visitsWith[item]++;
          for (const next of later.isNew) together[item * count + next]++;
        }
        pairs += items.length;
        for (const next of later.isNew) anybody[next] += items.length;
      }
    }
  }
  for (let item = 0; item < count; item++) anybody[item] /= Math.max(pairs, 1);
  return (interests) => {
    const scores = new Float64Array(count);
    for (const { row, weight } of interests) {
      const share = weight / (visitsWith[row] + shrinkage);
      for (let item = 0; item < count; item++) {
        scores[item] += share * (together[row * count + item] + shrinkage * anybody[item]);
      }
    }
    return scores;
  };
}

interface Visit {
  items: readonly number[];
  /** Of those, what the user did not have before. */
  isNew: readonly number[];
}

/** Visits of the newest days, oldest first; what is new is new beside the whole table. */
function visitsByUser({ users, items, timestamps }: Interactions, days: number): Visit[][] {
  if (!timestamps) throw new Error('the events have no times');
  const order = Int32Array.from(users.keys()).sort(
    (left, right) => users[left] - users[right] || timestamps[left] - timestamps[right],
  );
  const newestMs = timestamps.reduce((most, at) => Math.max(most, at), -Infinity);
  const all: Visit[][] = [];
  let at = 0;
  while (at < order.length) {
    const user = users[order[at]];
    const had = new Set<number>();
    const visits: Visit[] = [];
    while (at < order.length && users[order[at]] === user) {
      const fromMs = timestamps[order[at]];
      const day = Math.floor(fromMs / DAY_MS);
      const visit = new Set<number>();
      while (
        at < order.length &&
        users[order[at]] === user &&
        Math.floor(timestamps[order[at]] / DAY_MS) === day
      ) {
        visit.add(items[order[at++]]);
      }
      const isNew = [...visit].filter((item) => !had.has(item));
      for (const item of visit) had.add(item);
      if (fromMs >= newestMs - days * DAY_MS) visits.push({ items: [...visit], isNew });
    }
    all.push(visits);
  }
  return all;
}
