import { expect, test } from 'vitest';
import { quantile, summarise } from './statistics.ts';

test('quantiles lie between the values, in proportion', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([0, 10, 20], 0.95)).toBe(19);
});

test('a summary leaves its values as they were', () => {
  const values = [3, 1, 2];
  expect(summarise(values)).toEqual({
    medianMs: 2,
    percentile95Ms: 2.9,
    fastestMs: 1,
    runs: 3,
  });
  expect(values).toEqual([3, 1, 2]);
});
