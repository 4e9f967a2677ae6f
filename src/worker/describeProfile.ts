/**
 * @module
 * What was learned, in words a visitor can read: items and categories, not vectors.
 */
import type { PreferenceRecord } from '../events.ts';
import type { Model } from '../model/model.ts';
import { netWeight } from '../model/preferences.ts';
import type { LearnedProfile } from './api.ts';
import { itemMetadata } from './itemMetadata.ts';

export function describeProfile(model: Model, halfLifeDays: number | null, nowMs: number) {
  const weight = (record: PreferenceRecord | undefined): number =>
    record ? netWeight(record, halfLifeDays, nowMs) : 0;

  return {
    weight,

    taste(records: Iterable<PreferenceRecord>): Pick<LearnedProfile, 'items' | 'categories'> {
      const items = [...records]
        .filter(({ positive, negative }) => positive !== null || negative !== null)
        .map((record) => {
          const row = model.rowOf.get(record.itemId);
          return {
            itemId: record.itemId,
            item: row === undefined ? {} : itemMetadata(model.catalogue, row),
            weight: weight(record),
            events: record.events,
            lastTimestamp: record.lastTimestamp,
          };
        })
        .sort((left, right) => right.weight - left.weight);
      return { items, categories: categoryShares(items) };
    },
  };
}

/** An item in two categories counts half in each, so that the shares add up to 1. */
function categoryShares(items: LearnedProfile['items']): LearnedProfile['categories'] {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { item, weight } of items) {
    const { categories } = item;
    if (!Array.isArray(categories) || weight <= 0) continue;
    for (const category of categories as string[]) {
      weights.set(category, (weights.get(category) ?? 0) + weight / categories.length);
      total += weight / categories.length;
    }
  }
  return Array.from(weights, ([category, weight]) => ({ category, share: weight / total })).sort(
    (left, right) => right.share - left.share,
  );
}
