/**
 * @module
 * Small interactions with known structure, for the tests of training.
 */
import type { Interactions } from '../interactions.ts';
import { seededRandom } from './seededRandom.ts';

/** From rows of [user, item, weight?, timestamp ms?]. */
export function interactionsOf(
  rows: readonly (readonly [user: string, item: string, weight?: number, timestamp?: number])[],
): Interactions {
  const userIds = [...new Set(rows.map(([user]) => user))];
  const itemIds = [...new Set(rows.map(([, item]) => item))];
  const timed = rows.every(([, , , timestamp]) => timestamp !== undefined);
  return {
    userIds,
    itemIds,
    users: Int32Array.from(rows, ([user]) => userIds.indexOf(user)),
    items: Int32Array.from(rows, ([, item]) => itemIds.indexOf(item)),
    weights: Float32Array.from(rows, ([, , weight]) => weight ?? 1),
    timestamps: timed ? Float64Array.from(rows, ([, , , timestamp]) => timestamp ?? 0) : null,
  };
}

/**
 * Two tastes: users and items are even or odd, and a user mostly chooses items of the same kind.
 * Item ids are their numbers.
 */
export function twoTastes(users: number, items: number, perUser: number): Interactions {
  const random = seededRandom(7);
  const rows: [string, string][] = [];
  for (let user = 0; user < users; user++) {
    for (let choice = 0; choice < perUser; choice++) {
      const same = random() < 0.95 ? user % 2 : 1 - (user % 2);
      rows.push([`u${user}`, `${2 * Math.floor(random() * (items / 2)) + same}`]);
    }
  }
  return interactionsOf(rows);
}
