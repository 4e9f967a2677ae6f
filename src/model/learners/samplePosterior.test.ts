import { expect, it } from 'vitest';
import { seededRandom } from '../training/seededRandom.ts';
import { samplePosterior } from './samplePosterior.ts';

it('draws with the mean and covariance of the solved system', () => {
  // A = L·Lᵀ = [[4, 2], [2, 10]], so A⁻¹ = [[10, −2], [−2, 4]] / 36.
  const system = {
    embedding: Float64Array.of(1, -2),
    lower: Float64Array.of(2, 0, 1, 3),
    lambda: 0,
  };
  const random = seededRandom(5);
  const draws = Array.from({ length: 40_000 }, () => samplePosterior(system, 1, random));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
  const centred = draws.map(([x, y]) => [x - 1, y + 2]);
  expect(mean(centred.map(([x]) => x))).toBeCloseTo(0, 1);
  expect(mean(centred.map(([, y]) => y))).toBeCloseTo(0, 1);
  expect(mean(centred.map(([x]) => x * x))).toBeCloseTo(10 / 36, 2);
  expect(mean(centred.map(([, y]) => y * y))).toBeCloseTo(4 / 36, 2);
  expect(mean(centred.map(([x, y]) => x * y))).toBeCloseTo(-2 / 36, 2);
});

it('is the embedding itself at strength 0', () => {
  const system = { embedding: Float64Array.of(1), lower: Float64Array.of(1), lambda: 0 };
  expect([...samplePosterior(system, 0, () => 0.3)]).toEqual([1]);
});
