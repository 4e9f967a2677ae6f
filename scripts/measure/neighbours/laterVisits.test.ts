import { expect, test } from 'vitest';
import type { Interactions } from '../../../src/model/interactions.ts';
import { DAY_MS } from '../options.ts';
import { laterVisits } from './laterVisits.ts';

const [A, B, C] = [0, 1, 2];

/** @param events - [user, item, day]. */
function table(events: [user: number, item: number, day: number][]): Interactions {
  return {
    userIds: ['u', 'v'],
    itemIds: ['a', 'b', 'c'],
    users: Int32Array.from(events, ([user]) => user),
    items: Int32Array.from(events, ([, item]) => item),
    weights: new Float32Array(events.length).fill(1),
    timestamps: Float64Array.from(events, ([, , day]) => day * DAY_MS),
  };
}

const TOLD_A = [{ row: A, weight: 1, recent: 1 }];
const everything = { days: 1000, shrinkage: 0, ahead: Infinity };

test('counts what was bought for the first time at a later visit, and not before', () => {
  // u: a, then b and a again, then c; v: c, then a.
  const events = table([
    [0, A, 1],
    [0, B, 2],
    [0, A, 2],
    [0, C, 3],
    [1, C, 1],
    [1, A, 2],
  ]);
  // Pairs of visits with a first: days 1–2, 1–3, 2–3 of u. b follows once, c twice, a is never new.
  expect(Array.from(laterVisits(events, everything)(TOLD_A))).toEqual([
    0,
    expect.closeTo(1 / 3, 6),
    expect.closeTo(2 / 3, 6),
  ]);
  // The next visit alone: days 1–2, 2–3.
  expect(Array.from(laterVisits(events, { ...everything, ahead: 1 })(TOLD_A))).toEqual([
    0, 0.5, 0.5,
  ]);
});

test('is drawn towards what anybody buys later, and there entirely for an item never followed', () => {
  const events = table([
    [0, A, 1],
    [0, B, 2],
    [1, B, 1],
  ]);
  const speaking = laterVisits(events, { ...everything, shrinkage: 1 });
  // p(b) = 1: of all pairs, the one. (1 + 1·1) / (1 + 1).
  expect(Array.from(speaking(TOLD_A))).toEqual([0, 1, 0]);
  expect(Array.from(speaking([{ row: C, weight: 1, recent: 1 }]))).toEqual([0, 1, 0]);
});

test('reads the newest days alone, and remembers what was had before them', () => {
  const events = table([
    [0, C, 1],
    [0, A, 100],
    [0, B, 101],
    [0, C, 101],
  ]);
  expect(Array.from(laterVisits(events, { ...everything, days: 10 })(TOLD_A))).toEqual([0, 1, 0]);
});
