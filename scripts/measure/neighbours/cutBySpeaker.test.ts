import { expect, test } from 'vitest';
import { cutBySpeaker } from './cutBySpeaker.ts';

test('keeps what each item speaks for most, rows ascending', () => {
  const cut = cutBySpeaker(
    {
      starts: Uint32Array.of(0, 3, 3, 4),
      rows: Int32Array.of(0, 1, 2, 1),
      weights: Float32Array.of(0.5, 0.25, 0.75, 0.125),
    },
    2,
  );
  expect(cut).toEqual({
    starts: Uint32Array.of(0, 2, 2, 3),
    rows: Int32Array.of(0, 2, 1),
    weights: Float32Array.of(0.5, 0.75, 0.125),
  });
});
