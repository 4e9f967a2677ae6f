/**
 * @module
 * How many distinct users chose each item, ever and lately.
 */
import type { Interactions } from '../interactions.ts';
import type { StatisticsColumns } from '../artifact/manifest.ts';

const DAY_MS = 86_400_000;

/**
 * Counts users with an event in favour (weight > 0), by item index. The window ends with the newest
 * event of all; without timestamps there is no "lately" and both columns are the same.
 */
export function itemStatistics(
  interactions: Interactions,
  trendingDays: number,
): StatisticsColumns {
  const popularity = countUsers(interactions, -Infinity);
  const { timestamps } = interactions;
  if (!timestamps) return { popularity, trending: popularity.slice() };
  let newest = -Infinity;
  for (const timestamp of timestamps) newest = Math.max(newest, timestamp);
  return { popularity, trending: countUsers(interactions, newest - trendingDays * DAY_MS) };
}

/** Distinct users with an event in favour since then, by item index. */
export function countUsers(interactions: Interactions, sinceMs: number): number[] {
  const { itemIds, users, items, weights, timestamps } = interactions;
  const counts = new Array<number>(itemIds.length).fill(0);
  // Rows by user, so that one mark an item (the last user counted) finds the distinct ones.
  const order = rowsByUser(interactions);
  const lastUser = new Int32Array(itemIds.length).fill(-1);
  for (const row of order) {
    if (!(weights[row] > 0) || (timestamps && timestamps[row] < sinceMs)) continue;
    if (lastUser[items[row]] === users[row]) continue;
    lastUser[items[row]] = users[row];
    counts[items[row]]++;
  }
  return counts;
}

/** Rows in the order of their users; those of one user in the order of the table. */
export function rowsByUser({ userIds, users }: Interactions): Int32Array {
  const starts = new Float64Array(userIds.length + 1);
  for (const user of users) starts[user + 1]++;
  for (let user = 0; user < userIds.length; user++) starts[user + 1] += starts[user];
  const order = new Int32Array(users.length);
  for (let row = 0; row < users.length; row++) order[starts[users[row]]++] = row;
  return order;
}
