/**
 * @module
 * collectOverTime: lists as `collectLists` makes them, by a model whose statistics were counted anew
 * at the midnight before each.
 */
import type { Signal } from '../../blend.ts';
import type { TimedInteractions } from '../../interactions.ts';
import type { Model } from '../../model.ts';
import { statisticsOverTime } from '../statisticsOverTime.ts';
import { withStatistics } from '../withStatistics.ts';
import { collectLists, type CollectedList, type ToldCase } from './collectLists.ts';

const DAY_MS = 86_400_000;

/**
 * @param current - what is counted, by the items that the cases' items are indices of.
 * @returns in order of time; `asked` as in `cases`.
 */
export async function collectOverTime(
  model: Model,
  current: TimedInteractions,
  cases: readonly ToldCase[],
  signals: readonly Signal[],
  halfLifeDays: number | null,
): Promise<CollectedList[]> {
  const { itemIds } = current;
  const statisticsAt = statisticsOverTime(current, model.manifest.trendingDays);
  const lists: CollectedList[] = [];
  for (const [day, places] of [...byDay(cases)].sort(([left], [right]) => left - right)) {
    const counted = statisticsAt(day * DAY_MS);
    const ofDay = counted ? withStatistics(model, itemIds, counted) : model;
    const asked = places.map((place) => cases[place]);
    const collected = await collectLists(ofDay, itemIds, asked, signals, halfLifeDays);
    lists.push(...collected.map((list) => ({ ...list, asked: places[list.asked] })));
  }
  return lists;
}

/** Places of the cases, by UTC day. */
function byDay(cases: readonly ToldCase[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { nowMs }] of cases.entries()) {
    const day = Math.floor(nowMs / DAY_MS);
    const ofDay = places.get(day);
    if (ofDay) ofDay.push(place);
    else places.set(day, [place]);
  }
  return places;
}
