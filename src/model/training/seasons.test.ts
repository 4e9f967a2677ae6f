import { describe, expect, it } from 'vitest';
import { timedStatistics } from './seasons.ts';
import type { Interactions } from '../interactions.ts';

/** [user, item, ISO day] */
function table(...events: [number, number, string][]): Interactions {
  return {
    userIds: ['a', 'b', 'c'],
    itemIds: ['tree', 'spade'],
    users: Int32Array.from(events, ([user]) => user),
    items: Int32Array.from(events, ([, item]) => item),
    weights: Float32Array.from(events, () => 1),
    timestamps: Float64Array.from(events, ([, , day]) => Date.parse(day)),
  };
}

describe('timedStatistics', () => {
  const made = timedStatistics(
    table(
      [0, 1, '2024-01-01'],
      [0, 0, '2024-12-10'],
      [0, 0, '2024-12-20'], // the same user, the same month: counts once
      [1, 0, '2024-12-20'],
      [2, 0, '2025-12-05'],
      [2, 1, '2025-12-31'],
    ),
  );

  it('averages the users of a month over its years', () => {
    // 61 days of December in two years, less one: 3 users of the tree.
    expect(made.month12?.[0]).toBeCloseTo((3 / 61) * 30.4, 1);
    expect(made.month6).toEqual([0, 0]);
    expect(made.month1?.[1]).toBeCloseTo((1 / 62) * 30.4, 1);
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = timedStatistics(
      table(
        [2, 1, '2025-12-31'],
        [0, 0, '2024-12-20'],
        [2, 0, '2025-12-05'],
        [1, 0, '2024-12-20'],
        [0, 0, '2024-12-10'],
        [0, 1, '2024-01-01'],
      ),
    );
    expect(shuffled).toEqual(made);
  });

  it('reads no season out of months that it has not seen', () => {
    const { month6, month1, month2 } = timedStatistics(
      table([0, 0, '2024-01-01'], [1, 0, '2024-02-28']),
    );
    expect(month6?.[0]).toBeCloseTo(((month1?.[0] ?? 0) + (month2?.[0] ?? 0)) / 2, 0);
  });

  it('knows how old an item is, and who wanted it lately', () => {
    expect(made.ageDays).toEqual([386, 730]);
    expect(made.recent10).toEqual([0, 1]);
    expect(made.recent30).toEqual([1, 1]);
  });

  it('says nothing without times', () => {
    expect(timedStatistics({ ...table([0, 0, '2024-01-01']), timestamps: null })).toEqual({});
  });
});
