/**
 * @module
 * The whitened objective has the original's minimum, and its bounds hold.
 */
import { describe, expect, test } from 'vitest';
import type { Objective } from '../objective.ts';
import { solveVisitor } from './als.ts';
import { randomPreferences, randomProblem } from './randomProblem.case.ts';
import { whiten, type WhitenedObjective } from './whiten.ts';

const OBJECTIVES: Objective[] = [
  { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
  { convention: 'ials', alpha0: 0.01, lambda: 0.003, nu: 1 },
  { convention: 'implicit', alpha: 20, lambda: 0.1 },
  { convention: 'implicit', alpha: 1, lambda: 0.1 },
  { convention: 'spark', alpha: 1, lambda: 0.1 },
];

/** Half of f's gradient at z, by the formula in `whiten.ts`. */
function halfGradient(f: WhitenedObjective, z: Float64Array): Float64Array {
  const gradient = Float64Array.from(z, (value, k) => value + f.pull[k]);
  for (let i = 0; i < f.n; i++) {
    let score = f.priorScores[i];
    for (let k = 0; k < f.dim; k++) score += f.directions[i * f.dim + k] * z[k];
    for (let k = 0; k < f.dim; k++) {
      gradient[k] += (f.a[i] * score - f.b[i]) * f.directions[i * f.dim + k];
    }
  }
  return gradient;
}

const length = (values: Iterable<number>): number => Math.hypot(...values);

describe.each(OBJECTIVES)('$convention', (objective) => {
  const problem = randomProblem({ seed: 5, rows: 400, dim: 24, objective });
  const preferences = randomPreferences(problem, 30, 5, 6);
  const f = whiten(problem, preferences);

  test('descending its gradient leads to the closed form', () => {
    const z = new Float64Array(f.dim);
    for (let step = 0; step < 4000; step++) {
      const gradient = halfGradient(f, z);
      for (let k = 0; k < f.dim; k++) z[k] -= gradient[k] / f.steepest;
    }
    const expected = solveVisitor(problem, preferences).embedding;
    const distance = length(f.embedding(z).map((value, k) => value - expected[k]));
    expect(distance).toBeLessThan(1e-5);
  });

  test('the residual bounds the distance to the answer', () => {
    const expected = solveVisitor(problem, preferences).embedding;
    for (const size of [0, 1, 10]) {
      const z = Float64Array.from({ length: f.dim }, (_, k) => size * Math.cos(k));
      const distance = length(f.embedding(z).map((value, k) => value - expected[k]));
      const residual = (length(halfGradient(f, z)) * f.stretch) / f.flattest;
      expect(distance).toBeLessThanOrEqual(residual * (1 + 1e-6));
    }
  });

  test('no direction is steeper than `steepest` or flatter than `flattest`', () => {
    const origin = halfGradient(f, new Float64Array(f.dim));
    for (let trial = 0; trial < f.n; trial++) {
      const along = Float64Array.from(f.directions.subarray(trial * f.dim, (trial + 1) * f.dim));
      const size = length(along);
      const slope = halfGradient(f, along).map((value, k) => value - origin[k]);
      const curvature = slope.reduce((sum, value, k) => sum + value * along[k], 0) / (size * size);
      expect(curvature).toBeLessThanOrEqual(f.steepest * (1 + 1e-6));
      expect(curvature).toBeGreaterThanOrEqual(f.flattest * (1 - 1e-6));
    }
  });
});

test('a problem without a minimum is refused', () => {
  const problem = randomProblem({
    seed: 1,
    rows: 3,
    dim: 8,
    objective: { convention: 'implicit', alpha: 1, lambda: 0 },
  });
  expect(() => whiten(problem, [{ row: 0, a: 1, b: 1, positives: 1 }])).toThrow(
    'must be positive and finite',
  );
});
