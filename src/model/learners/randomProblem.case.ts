/**
 * @module
 * For tests: seeded problems as trained models pose them, larger than the contract's.
 */
import { coefficients, type Objective } from '../objective.ts';
import { gramOf, itemFactors } from '../testing/itemFactors.ts';
import type { LearnerProblem, WeightedPreference } from './types.ts';

export interface RandomCase {
  seed: number;
  rows: number;
  dim: number;
  objective: Objective;
}

/** Numbers in [0, 1), the same for the same seed: a linear congruential generator. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Factors with heavy-tailed norms and a strong common direction, as trained ones have. */
export function randomProblem({ seed, rows, dim, objective }: RandomCase): LearnerProblem {
  const random = randomOf(seed);
  const rowValues = Array.from({ length: rows }, () => {
    const size = 127 / (1 + 6 * random());
    return Array.from({ length: dim }, (_, f) =>
      Math.round(size * (random() - 0.5 + (f === 0 ? 0.4 : 0))),
    );
  });
  const factors = itemFactors(rowValues, dim, 1 / (64 * Math.sqrt(dim / 8)));
  return {
    factors,
    gram: gramOf(factors),
    prior: Float64Array.from({ length: dim }, () => 0.4 * (random() - 0.4)),
    objective,
  };
}

/** Mostly for, some against, some decayed; a row may come twice. */
export function randomPreferences(
  problem: LearnerProblem,
  count: number,
  largestWeight: number,
  seed: number,
): WeightedPreference[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => {
    const row = Math.floor(random() * problem.factors.rows);
    const sign = random() < 0.15 ? -1 : 1;
    const { a, b } = coefficients(problem.objective, sign * (0.1 + largestWeight * random()));
    const decay = random() < 0.5 ? 1 : random();
    return { row, a: decay * a, b: decay * b, positives: sign > 0 ? decay : 0 };
  });
}
