/**
 * @module
 * What others than the held-out users do, over all time, in the items of the training table: what
 * an engine would know that is refreshed every day.
 */
import type { Interactions } from '../interactions.ts';

/** @returns rows of users outside of `fold`, on known items; `itemIds` are those of `training`. */
export function currentTable(
  all: Interactions,
  folds: Int32Array,
  fold: number,
  { itemIds }: Interactions,
): Interactions {
  return onItems(all, itemIds, (row) => folds[all.users[row]] !== fold);
}

/** @returns the rows that are kept and on these items, which they are then numbered by. */
export function onItems(
  all: Interactions,
  itemIds: readonly string[],
  keeps: (row: number) => boolean = () => true,
): Interactions {
  const itemOf = new Map(itemIds.map((id, item) => [id, item]));
  const known = Int32Array.from(all.itemIds, (id) => itemOf.get(id) ?? -1);
  const keep = (_: number, row: number): boolean => known[all.items[row]] >= 0 && keeps(row);
  return {
    userIds: all.userIds,
    itemIds: [...itemIds],
    users: all.users.filter(keep),
    items: all.items.filter(keep).map((item) => known[item]),
    weights: all.weights.filter(keep),
    timestamps: all.timestamps?.filter(keep) ?? null,
  };
}
