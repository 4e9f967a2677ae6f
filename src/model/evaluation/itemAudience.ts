/**
 * @module
 * Who of the training users met each item: what novelty and diversity are measured by. It comes
 * from the table, not from any engine's factors, so that no engine is judged by its own idea of
 * likeness.
 */
import type { Interactions } from '../interactions.ts';

export interface ItemAudience {
  readonly users: number;
  readonly items: number;
  /** Distinct users of an item, ascending. */
  of(item: number): Int32Array;
  /** `audienceCosine` of two items, kept: the lists of many engines share most of their pairs. */
  cosine(left: number, right: number): number;
}

export function itemAudience(training: Interactions): ItemAudience {
  const items = training.itemIds.length;
  // By user, then dealt out to the items: each item's users arrive in ascending order.
  const rows = Int32Array.from(training.users.keys());
  rows.sort((left, right) => training.users[left] - training.users[right]);
  const last = new Int32Array(items).fill(-1);
  const counts = new Int32Array(items);
  for (const row of rows) {
    const item = training.items[row];
    if (last[item] !== training.users[row]) counts[item]++;
    last[item] = training.users[row];
  }
  const audience = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  last.fill(-1);
  for (const row of rows) {
    const item = training.items[row];
    if (last[item] !== training.users[row]) audience[item][counts[item]++] = training.users[row];
    last[item] = training.users[row];
  }
  const cosines = new Map<number, number>();
  return {
    users: training.userIds.length,
    items,
    of: (item) => audience[item],
    cosine(left, right) {
      const key = Math.min(left, right) * items + Math.max(left, right);
      let cosine = cosines.get(key);
      if (cosine === undefined) {
        cosine = audienceCosine(audience[left], audience[right]);
        cosines.set(key, cosine);
      }
      return cosine;
    },
  };
}

/** Cosine of two items' audiences: shared users over the geometric mean of both sizes. */
export function audienceCosine(left: Int32Array, right: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const order = left[i] - right[j];
    if (order === 0) shared++;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return shared / Math.sqrt(left.length * right.length);
}
