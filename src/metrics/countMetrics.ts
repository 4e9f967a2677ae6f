/**
 * @module
 * countMetrics: impressions, clicks, carts and purchases by list and position, counted from the log.
 * Nothing of it is kept: what leaves the log, or is forgotten, is no longer counted.
 */
import type { FeedbackEvent } from '../events.ts';
import type { ListMetrics, MetricCounts, Metrics, PositionMetrics } from './types.ts';

const COUNTED: Readonly<Record<string, keyof MetricCounts>> = {
  impression: 'impressions',
  click: 'clicks',
  cart: 'carts',
  purchase: 'purchases',
};

/** @param sinceMs - older events are not counted; ms since the epoch. */
export function countMetrics(events: readonly FeedbackEvent[], sinceMs: number): Metrics {
  const lists = new Map<string | null, ListMetrics>();
  const places = new Map<ListMetrics, Map<number, PositionMetrics>>();
  const counted = events.filter(({ timestamp }) => timestamp >= sinceMs);
  for (const { action, listId = null, position } of counted) {
    // Own properties only: an action may be `toString`.
    if (!Object.hasOwn(COUNTED, action)) continue;
    const list = lists.get(listId) ?? { listId, ...nothing(), positions: [] };
    lists.set(listId, list);
    list[COUNTED[action]]++;
    if (listId === null || position === undefined) continue;
    const byPosition = places.get(list) ?? new Map<number, PositionMetrics>();
    places.set(list, byPosition);
    const place = byPosition.get(position) ?? { position, ...nothing() };
    byPosition.set(position, place);
    place[COUNTED[action]]++;
  }
  for (const [list, byPosition] of places) {
    list.positions = [...byPosition.values()].sort((a, b) => a.position - b.position);
  }
  return { sinceMs, events: counted.length, lists: [...lists.values()].sort(inOrder) };
}

function nothing(): MetricCounts {
  return { impressions: 0, clicks: 0, carts: 0, purchases: 0 };
}

function inOrder(a: ListMetrics, b: ListMetrics): number {
  if (a.listId === null || b.listId === null) return a.listId === null ? 1 : -1;
  return b.impressions - a.impressions || (a.listId < b.listId ? -1 : 1);
}
