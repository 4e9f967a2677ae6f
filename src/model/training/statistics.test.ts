import { describe, expect, it } from 'vitest';
import { interactionsOf } from './fixtures.case.ts';
import { itemStatistics } from './statistics.ts';

const DAY_MS = 86_400_000;

describe('itemStatistics', () => {
  it('counts distinct users in favour, ever and in the window before the newest event', () => {
    const rows = interactionsOf([
      ['ann', 'tea', 1, 0],
      ['ann', 'tea', 1, 90 * DAY_MS],
      ['ann', 'tea', 1, 91 * DAY_MS],
      ['bob', 'tea', 1, 20 * DAY_MS],
      ['eve', 'tea', -1, 95 * DAY_MS],
      ['bob', 'cup', 1, 100 * DAY_MS],
      // Exactly as old as the window is long: still in it.
      ['ann', 'cup', 1, 40 * DAY_MS],
      ['eve', 'cup', 1, 40 * DAY_MS - 1],
    ]);
    expect(itemStatistics(rows, 60)).toEqual({ popularity: [2, 3], trending: [1, 2] });
  });

  it('takes everything as recent where there is no time', () => {
    const rows = interactionsOf([
      ['ann', 'tea'],
      ['bob', 'tea'],
    ]);
    expect(itemStatistics(rows, 60)).toEqual({ popularity: [2], trending: [2] });
  });
});
