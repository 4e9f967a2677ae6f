/**
 * @module
 * onItems: what of a table is on the items of a model or of another table.
 */
import type { Interactions } from '../interactions.ts';

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
