/**
 * @module
 * What is evaluated: the events, and what they say of the items beside their ids.
 */
import type { Interactions } from '../../src/model/interactions.ts';
import type { Catalogue } from '../../src/model/model.ts';

/** By item index; null where the source has no such column. */
export interface ItemDetails {
  readonly titles: readonly (string | null)[] | null;
  readonly prices: readonly (number | null)[] | null;
}

export const NO_DETAILS: ItemDetails = { titles: null, prices: null };

export interface EvaluatedTable {
  readonly interactions: Interactions;
  readonly details: ItemDetails;
}

/** Columns for any of the items, in any order: a fold knows fewer than the table. */
export function catalogueFor({ interactions, details }: EvaluatedTable) {
  const { titles, prices } = details;
  const itemOf = new Map(interactions.itemIds.map((id, item) => [id, item]));
  return (itemIds: readonly string[]): Catalogue => {
    const column = <T>(values: readonly T[]): (T | null)[] =>
      itemIds.map((id) => values[itemOf.get(id) ?? -1] ?? null);
    return {
      ...(titles ? { title: column(titles) } : {}),
      ...(prices ? { price: column(prices) } : {}),
    };
  };
}
