/**
 * @module
 * What every learner must do. The right answer comes from Gaussian elimination on the equation as
 * it is written, not from another learner.
 */
import { describe, expect, it } from 'vitest';
import { gramWeight, ridge, type Objective } from '../objective.ts';
import { gramOf, itemFactors } from '../testing/itemFactors.ts';
import type { Learner, LearnerProblem, WeightedPreference } from './types.ts';

const OBJECTIVES: Objective[] = [
  { convention: 'ials', alpha0: 0.3, lambda: 0.05, nu: 1 },
  { convention: 'implicit', alpha: 2, lambda: 0.1 },
  { convention: 'spark', alpha: 3, lambda: 0.02 },
];

/** @param tolerance - largest difference allowed, on embeddings of order 1. */
export function describeLearner(
  name: string,
  create: () => Promise<Learner> | Learner,
  tolerance: number,
): void {
  describe(`learner ${name}`, () => {
    it.each(OBJECTIVES)('solves the equation of $convention', async (objective) => {
      const learner = await create();
      const problem = problemOf(objective);
      const found = await learner.learn(problem, PREFERENCES);
      expectClose(found, solvePlainly(problem, PREFERENCES), tolerance);
      learner.dispose();
    });

    it('returns the prior when there is no preference', async () => {
      const learner = await create();
      const problem = problemOf(OBJECTIVES[0]);
      expect(await learner.learn(problem, [])).toEqual(problem.prior);
      learner.dispose();
    });

    it('does not depend on the order of preferences', async () => {
      const learner = await create();
      const problem = problemOf(OBJECTIVES[0]);
      const found = await learner.learn(problem, PREFERENCES);
      expectClose(await learner.learn(problem, PREFERENCES.toReversed()), found, tolerance);
      learner.dispose();
    });

    it('adds up the parts of a row that comes twice', async () => {
      const learner = await create();
      const problem = problemOf(OBJECTIVES[0]);
      const [first, ...rest] = PREFERENCES;
      const half = { ...first, a: first.a / 2, b: first.b / 2, positives: first.positives / 2 };
      const found = await learner.learn(problem, [half, half, ...rest]);
      expectClose(found, await learner.learn(problem, PREFERENCES), tolerance);
      learner.dispose();
    });

    it('learns from the first items as from all, given how many they are', async () => {
      const learner = await create();
      const problem = problemOf(OBJECTIVES[0]);
      const { factors } = problem;
      // The preferences name none of the last row.
      const first = { ...problem, factors: { ...factors, rows: 5 }, wholeItems: factors.rows };
      const found = await learner.learn(first, PREFERENCES);
      expectClose(found, await learner.learn(problem, PREFERENCES), tolerance);
      learner.dispose();
    });

    it('leaves problem and preferences as they were', async () => {
      const learner = await create();
      const problem = problemOf(OBJECTIVES[0]);
      const before = structuredClone({ problem, PREFERENCES });
      await learner.learn(problem, PREFERENCES);
      expect({ problem, PREFERENCES }).toEqual(before);
      learner.dispose();
    });

    it.each([-1, 6, 1.5])('refuses row %f', async (row) => {
      const learner = await create();
      const learn = async () =>
        learner.learn(problemOf(OBJECTIVES[0]), [{ row, a: 1, b: 1, positives: 1 }]);
      await expect(learn()).rejects.toMatchObject({ code: 'row-out-of-range' });
      learner.dispose();
    });

    it('refuses a solve that breaks down', async () => {
      const learner = await create();
      const learn = async () =>
        learner.learn(problemOf(OBJECTIVES[0]), [{ row: 0, a: NaN, b: 1, positives: 1 }]);
      await expect(learn()).rejects.toMatchObject({ code: 'not-finite' });
      learner.dispose();
    });
  });
}

const FACTORS = itemFactors(
  [
    [90, -20, 30],
    [40, 60, -10],
    [-30, 50, 70],
    [10, -80, 20],
    [50, 50, 50],
    [5, 2, -7],
  ],
  3,
  0.01,
);

/** Two for, at different decay, one against. */
const PREFERENCES: readonly WeightedPreference[] = [
  { row: 1, a: 2, b: 2.5, positives: 1 },
  { row: 4, a: 0.5, b: 0.6, positives: 0.5 },
  { row: 3, a: 1, b: 0, positives: 0 },
];

function problemOf(objective: Objective): LearnerProblem {
  return {
    factors: FACTORS,
    gram: gramOf(FACTORS),
    prior: Float64Array.of(0.2, -0.1, 0.4),
    objective,
  };
}

/** The equation, written out and solved by Gaussian elimination with pivoting. */
function solvePlainly(
  { factors, gram, prior, objective }: LearnerProblem,
  preferences: readonly WeightedPreference[],
): number[] {
  const { dim, values, stride, scale } = factors;
  const positives = preferences.reduce((sum, preference) => sum + preference.positives, 0);
  const lambda = ridge(objective, positives, factors.rows);
  const system = Array.from({ length: dim }, (_, f) => [
    ...Array.from(
      { length: dim },
      (_, g) => gramWeight(objective) * gram[f * dim + g] + (f === g ? lambda : 0),
    ),
    lambda * prior[f],
  ]);
  for (const { row, a, b } of preferences) {
    const y = Array.from({ length: dim }, (_, f) => values[row * stride + f] * scale);
    for (let f = 0; f < dim; f++) {
      for (let g = 0; g < dim; g++) system[f][g] += a * y[f] * y[g];
      system[f][dim] += b * y[f];
    }
  }
  for (let pivot = 0; pivot < dim; pivot++) {
    const largest = system
      .slice(pivot)
      .reduce((best, row) => (Math.abs(row[pivot]) > Math.abs(best[pivot]) ? row : best));
    system.splice(system.indexOf(largest), 1);
    system.splice(pivot, 0, largest);
    for (const row of system) {
      if (row === largest) continue;
      const factor = row[pivot] / largest[pivot];
      for (let column = pivot; column <= dim; column++) row[column] -= factor * largest[column];
    }
  }
  return system.map((row, f) => row[dim] / row[f]);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(found).toHaveLength(expected.length);
  for (let f = 0; f < expected.length; f++) {
    expect(Math.abs(found[f] - expected[f]), `coordinate ${f}`).toBeLessThan(tolerance);
  }
}
