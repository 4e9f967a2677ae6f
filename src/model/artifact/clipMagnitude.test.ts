import { expect, it } from 'vitest';
import { seededRandom } from '../training/seededRandom.ts';
import { clipMagnitude } from './clipMagnitude.ts';
import { quantizeFactors } from './quantize.ts';

const largestOf = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function heavyTailed(length: number): Float32Array {
  const random = seededRandom(3);
  return Float32Array.from({ length }, () => (random() - 0.5) / (random() + 0.01));
}

it('is the largest of few values, and of zeros', () => {
  expect(clipMagnitude(Float32Array.of(1, -3, 2), 3)).toBe(3);
  expect(clipMagnitude(new Float32Array(0), 0)).toBe(0);
  expect(clipMagnitude(new Float32Array(500_000), 0)).toBe(0);
});

it('leaves one in a hundred thousand beyond it', () => {
  const values = heavyTailed(400_000);
  const sorted = values.map(Math.abs).sort();
  expect(clipMagnitude(values, largestOf(values))).toBe(sorted[400_000 - 5]);
});

it('takes equal values for what they are', () => {
  const values = new Float32Array(300_000).fill(-2);
  expect(clipMagnitude(values, 2)).toBe(2);
});

it('cuts nothing that was cut already: a model packed again is the same', () => {
  const names = Array.from({ length: 6400 }, (_, row) => `${row}`);
  const first = quantizeFactors(heavyTailed(6400 * 64), names, 64, 256);
  expect(Math.max(...first.values.subarray(0, 64_000))).toBe(127);
  const decoded = Float32Array.from(first.values, (value) => value * first.scale);
  const again = quantizeFactors(decoded, names, 64, 256);
  expect(again.values).toEqual(first.values);
  expect(again.scale / first.scale).toBeCloseTo(1, 6);
});
