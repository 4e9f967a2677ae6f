/**
 * @module
 * leaveOutRare: users and items with too few events leave the table, again and again until none is
 * left, and the rest is numbered without gaps.
 */
import type { Interactions } from '../../src/model/interactions.ts';

export interface Kept {
  interactions: Interactions;
  /** `items[i]` is the index that item i had before. */
  items: Int32Array;
  /** As `items`. */
  users: Int32Array;
  /** Rows left out. */
  dropped: number;
}

export function leaveOutRare(
  rows: Interactions,
  minUserEvents: number,
  minItemEvents: number,
): Kept {
  let kept = Int32Array.from(rows.users.keys());
  for (;;) {
    const userEvents = count(rows.users, kept, rows.userIds.length);
    const itemEvents = count(rows.items, kept, rows.itemIds.length);
    const next = kept.filter(
      (row) =>
        userEvents[rows.users[row]] >= minUserEvents &&
        itemEvents[rows.items[row]] >= minItemEvents,
    );
    const stable = next.length === kept.length;
    kept = next;
    if (stable) break;
  }
  const users = renumber(count(rows.users, kept, rows.userIds.length));
  const items = renumber(count(rows.items, kept, rows.itemIds.length));
  const { timestamps } = rows;
  return {
    interactions: {
      userIds: Array.from(users.kept, (index) => rows.userIds[index]),
      itemIds: Array.from(items.kept, (index) => rows.itemIds[index]),
      users: kept.map((row) => users.next[rows.users[row]]),
      items: kept.map((row) => items.next[rows.items[row]]),
      weights: Float32Array.from(kept, (row) => rows.weights[row]),
      timestamps: timestamps && Float64Array.from(kept, (row) => timestamps[row]),
    },
    items: items.kept,
    users: users.kept,
    dropped: rows.users.length - kept.length,
  };
}

function count(indices: Int32Array, rows: Int32Array, bound: number): Int32Array {
  const counts = new Int32Array(bound);
  for (const row of rows) counts[indices[row]]++;
  return counts;
}

function renumber(counts: Int32Array): { kept: Int32Array; next: Int32Array } {
  const next = new Int32Array(counts.length).fill(-1);
  let length = 0;
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] > 0) next[index] = length++;
  }
  const kept = Int32Array.from(counts.keys()).filter((index) => counts[index] > 0);
  return { kept, next };
}
