import { expect, it } from 'vitest';
import { seededRandom } from '../training/seededRandom.ts';
import { clipMagnitude } from './clipMagnitude.ts';
import { quantizeFactors } from './quantize.ts';

function heavyTailed(length: number): Float32Array {
  const random = seededRandom(3);
  return Float32Array.from({ length }, () => (random() - 0.5) / (random() + 0.01));
}

it('is the largest of few values, and of zeros', () => {
  expect(clipMagnitude(Float32Array.of(1, -3, 2), 3)).toBe(3);
  expect(clipMagnitude(new Float32Array(0), 64)).toBe(0);
  expect(clipMagnitude(new Float32Array(640_000), 64)).toBe(0);
});

/** Squared error of rows rounded to int8 with this clip. */
function errorOf(values: Float32Array, clip: number): number {
  return values.reduce((sum, value) => {
    const rounded = Math.max(-127, Math.min(127, Math.round((value / clip) * 127)));
    return sum + (value - (rounded * clip) / 127) ** 2;
  }, 0);
}

it('leaves rows of one norm less error than any other share cut', () => {
  const values = heavyTailed(64_000);
  for (let row = 0; row < 1000; row++) {
    const one = values.subarray(row * 64, (row + 1) * 64);
    const norm = Math.hypot(...one);
    for (let f = 0; f < 64; f++) one[f] /= norm;
  }
  const clip = clipMagnitude(values, 64);
  const sorted = values.map(Math.abs).sort().reverse();
  expect(clip).toBeLessThan(sorted[0]);
  const error = errorOf(values, clip);
  for (const cut of [0, 5, 40, 60]) {
    expect(errorOf(values, sorted[cut])).toBeGreaterThanOrEqual(error * (1 - 1e-6));
  }
});

it('spares the strongest rows, however many weak ones there are', () => {
  const random = seededRandom(5);
  const strong = 512 * 16;
  const values = Float32Array.from(
    { length: 100_000 * 16 },
    (_, at) => (at < strong ? 10 : 1) * (random() + random() - 1),
  );
  const ofStrong = values.subarray(0, strong);
  const sorted = ofStrong.map(Math.abs).sort().reverse();
  const error = errorOf(ofStrong, clipMagnitude(values, 16));
  expect(error).toBeLessThanOrEqual(errorOf(ofStrong, sorted[0]));
  // What one in a hundred thousand of all values would be: 16, all of the strong rows.
  expect(error).toBeLessThan(0.9 * errorOf(ofStrong, sorted[16]));
});

it('takes equal values for what they are', () => {
  expect(clipMagnitude(new Float32Array(300_000).fill(-2), 3)).toBe(2);
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
