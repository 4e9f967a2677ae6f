/**
 * @module
 * A smaller Interactions table of chosen rows. Users and items that lose all their rows leave the
 * tables too: training must not count them.
 */
import type { Interactions } from '../interactions.ts';

/** Old index to new, and the ids that stay, in their old order. */
function compact(ids: readonly string[], indices: Int32Array, rows: Int32Array) {
  const next = new Int32Array(ids.length).fill(-1);
  for (const row of rows) next[indices[row]] = 0;
  const kept: string[] = [];
  for (let index = 0; index < ids.length; index++) {
    if (next[index] === 0) next[index] = kept.push(ids[index]) - 1;
  }
  return { next, kept };
}

/** @param rows - the rows to keep, in the order that they shall have. */
export function subsetInteractions(all: Interactions, rows: Int32Array): Interactions {
  const users = compact(all.userIds, all.users, rows);
  const items = compact(all.itemIds, all.items, rows);
  const { timestamps } = all;
  return {
    userIds: users.kept,
    itemIds: items.kept,
    users: rows.map((row) => users.next[all.users[row]]),
    items: rows.map((row) => items.next[all.items[row]]),
    weights: Float32Array.from(rows, (row) => all.weights[row]),
    timestamps: timestamps && Float64Array.from(rows, (row) => timestamps[row]),
  };
}
