/**
 * @module
 * What is evaluated: the events, and what is known of the items beside their ids.
 */
import type { Interactions } from '../src/model/interactions.ts';
import type { Catalogue } from '../src/model/model.ts';
import { catalogueOf, type ItemsFile } from './readers/readItems.ts';
import type { ReadResult } from './readers/readInteractions.ts';

export interface EvaluatedTable {
  readonly interactions: Interactions;
  /** By item index. */
  readonly metadata: Catalogue;
}

/** What the events say of titles and prices, and what a file of items says in their place. */
export function metadataOf(
  { interactions, titles, prices }: Pick<ReadResult, 'interactions' | 'titles' | 'prices'>,
  items: ItemsFile | null = null,
): Catalogue {
  return {
    ...(titles ? { title: titles } : {}),
    ...(prices ? { price: prices } : {}),
    ...(items ? catalogueOf(items, interactions.itemIds) : {}),
  };
}

/** Columns for any of the items, in any order: a fold knows fewer than the table. */
export function catalogueFor({ interactions, metadata }: EvaluatedTable) {
  const itemOf = new Map(interactions.itemIds.map((id, item) => [id, item]));
  return (itemIds: readonly string[]): Catalogue =>
    Object.fromEntries(
      Object.entries(metadata).map(([name, column]) => [
        name,
        itemIds.map((id) => column[itemOf.get(id) ?? -1] ?? null),
      ]),
    );
}
