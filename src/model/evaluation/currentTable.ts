/**
 * @module
 * What others than the held-out users do, over all time, in the items of the training table: what
 * an engine would know that is refreshed every day.
 */
import type { Interactions } from '../interactions.ts';
import { onItems } from './onItems.ts';

/** @returns rows of users outside of `fold`, on known items; `itemIds` are those of `training`. */
export function currentTable(
  all: Interactions,
  folds: Int32Array,
  fold: number,
  { itemIds }: Interactions,
): Interactions {
  return onItems(all, itemIds, (row) => folds[all.users[row]] !== fold);
}
