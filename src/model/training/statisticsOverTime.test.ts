import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Interactions } from '../interactions.ts';
import { timedStatistics } from './seasons.ts';
import { itemStatistics } from './statistics.ts';
import { statisticsOverTime } from './statisticsOverTime.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2024-11-20');
const TRENDING_DAYS = 60;

type Timed = Interactions & { timestamps: Float64Array };

/** [user, item, day, weight] */
function table(events: readonly (readonly [number, number, number, number])[]): Timed {
  return {
    userIds: ['a', 'b', 'c'],
    itemIds: ['tree', 'spade', 'saw'],
    users: Int32Array.from(events, ([user]) => user),
    items: Int32Array.from(events, ([, item]) => item),
    weights: Float32Array.from(events, ([, , , weight]) => weight),
    timestamps: Float64Array.from(events, ([, , day]) => START_MS + day * DAY_MS),
  };
}

function before(all: Timed, beforeMs: number): Timed {
  const keep = (_: number, row: number): boolean => all.timestamps[row] < beforeMs;
  return {
    ...all,
    users: all.users.filter(keep),
    items: all.items.filter(keep),
    weights: all.weights.filter(keep),
    timestamps: all.timestamps.filter(keep),
  };
}

it('agrees at every moment with counting all that was there by then', () => {
  const event = fc.tuple(
    fc.nat(2),
    fc.nat(2),
    fc.double({ min: 0, max: 800, noNaN: true }),
    fc.constantFrom(1, 1, 1, 0, -1),
  );
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 820 }), { minLength: 1, maxLength: 12 }),
      (events, days) => {
        const all = table(events);
        const at = statisticsOverTime(all, TRENDING_DAYS);
        for (const day of days.sort((left, right) => left - right)) {
          const midnightMs = START_MS + day * DAY_MS;
          const past = before(all, midnightMs);
          const found = at(midnightMs);
          if (past.users.length === 0) {
            expect(found).toBeNull();
            continue;
          }
          expect(found?.newestMs).toBe(past.timestamps.reduce((most, one) => Math.max(most, one)));
          expect(found?.columns).toEqual({
            ...itemStatistics(past, TRENDING_DAYS),
            ...timedStatistics(past),
          });
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('counts who has it again as one, for as long as the newest time is in the window', () => {
  const at = statisticsOverTime(
    table([
      [0, 0, 0, 1],
      [0, 0, 8, 1],
      [1, 1, 17, 1],
      [1, 1, 30, 1],
    ]),
    TRENDING_DAYS,
  );
  const recent = (day: number) => at(START_MS + day * DAY_MS)?.columns.recent10;
  expect(recent(9)).toEqual([1, 0, 0]);
  expect(recent(18)).toEqual([1, 1, 0]);
  expect(recent(31)).toEqual([0, 1, 0]);
});
