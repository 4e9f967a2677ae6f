import { expect, test } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import { countMetrics } from './countMetrics.ts';

let made = 0;
function event(action: string, listId?: string, position?: number, timestamp = 100): FeedbackEvent {
  const place = { ...(listId && { listId }), ...(position !== undefined && { position }) };
  return { id: `${made++}`, itemId: 'x', action, timestamp, sessionId: 's', ...place };
}

test('counts by list and position', () => {
  const metrics = countMetrics(
    [
      event('impression', 'similar', 1),
      event('impression', 'front', 0),
      event('impression', 'front', 2),
      event('impression', 'front', 0),
      event('click', 'front', 0),
      event('cart', 'front', 0),
      { ...event('purchase', 'front', 0), value: 3 },
      // Without a position: of the list alone.
      event('click', 'front'),
      event('purchase'),
      event('view', 'front', 0),
      event('toString', 'front', 0),
      event('dwell'),
    ],
    0,
  );
  const none = { impressions: 0, clicks: 0, carts: 0, purchases: 0 };
  expect(metrics).toEqual({
    sinceMs: 0,
    events: 12,
    lists: [
      {
        listId: 'front',
        ...{ impressions: 3, clicks: 2, carts: 1, purchases: 1 },
        positions: [
          { position: 0, impressions: 2, clicks: 1, carts: 1, purchases: 1 },
          { position: 2, ...none, impressions: 1 },
        ],
      },
      {
        listId: 'similar',
        ...none,
        impressions: 1,
        positions: [{ position: 1, ...none, impressions: 1 }],
      },
      { listId: null, ...none, purchases: 1, positions: [] },
    ],
  });
});

test('counts nothing older than it is told to', () => {
  const at = (timestamp: number) => event('click', 'front', 0, timestamp);
  const { events, lists } = countMetrics([at(99), at(100), at(101)], 100);
  expect([events, lists[0].clicks]).toEqual([2, 2]);
  expect(countMetrics([], 100)).toEqual({ sinceMs: 100, events: 0, lists: [] });
});
