import { expect, test } from 'vitest';
import { seededRandom } from './training/seededRandom.ts';
import { sortRows } from './sortRows.ts';
import { atOnce, STEP_ROWS, withPauses } from './steps.ts';

const sizes = [0, 1, 2, STEP_ROWS - 1, STEP_ROWS, STEP_ROWS + 1, 3 * STEP_ROWS + 7, 100_003];

test.each(sizes)('%i rows: the one order there is, equal values by row', (rows) => {
  const random = seededRandom(rows);
  // Many are equal.
  const values = Float64Array.from({ length: rows }, () => Math.floor(random() * 50));
  const compare = (left: number, right: number) => values[right] - values[left] || left - right;
  expect(atOnce(sortRows(rows, compare))).toEqual(Int32Array.from(values.keys()).sort(compare));
});

test('no step looks at more rows than one may', () => {
  let compared = 0;
  const steps = sortRows(100_000, (left, right) => {
    compared++;
    return right - left;
  });
  let most = 0;
  for (let step = steps.next(); !step.done; step = steps.next()) {
    most = Math.max(most, compared);
    compared = 0;
  }
  // Of the sort of a run: its rows times their logarithm.
  expect(most).toBeLessThanOrEqual(STEP_ROWS * Math.log2(STEP_ROWS));
});

test('pauses are waited for, and change nothing', async () => {
  const paused: number[] = [];
  const compare = (left: number, right: number) => right - left;
  const order = await withPauses(sortRows(30_000, compare), async () => {
    await Promise.resolve();
    paused.push(1);
  });
  expect(paused.length).toBeGreaterThan(4);
  expect(order).toEqual(atOnce(sortRows(30_000, compare)));
});
