/**
 * @module
 * For tests: seeded problems with known right answers, and the short slow solver that knows them.
 */
import { gramWeight, coefficients, ridge, type Objective } from '../objective.ts';
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
  const stride = Math.ceil(dim / 16) * 16;
  const values = new Int8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const size = 127 / (1 + 6 * random());
    for (let f = 0; f < dim; f++) {
      values[row * stride + f] = Math.round(size * (random() - 0.5 + (f === 0 ? 0.4 : 0)));
    }
  }
  const scale = 1 / (64 * Math.sqrt(dim / 8));
  const gram = new Float64Array(dim * dim);
  for (let row = 0; row < rows; row++) {
    const y = values.subarray(row * stride, row * stride + dim);
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j < dim; j++) gram[i * dim + j] += y[i] * y[j] * scale * scale;
    }
  }
  return {
    factors: {
      rows,
      dim,
      stride,
      values,
      scale,
      blockRows: rows,
      blockNorms: Float64Array.of(1),
    },
    gram,
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

/** (α₀G + Λ + Σ aᵢyᵢyᵢᵀ) x = Σ bᵢyᵢ + Λm by Gaussian elimination, written to be read. */
export function solveByElimination(
  { factors, gram, prior, objective }: LearnerProblem,
  preferences: readonly WeightedPreference[],
): number[] {
  const { dim } = factors;
  const positives = preferences.reduce((sum, preference) => sum + preference.positives, 0);
  const diagonal = ridge(objective, positives, factors.rows);
  // The last column is the right-hand side.
  const system = Array.from({ length: dim }, (_, i) => [
    ...Array.from(
      { length: dim },
      (_, j) => gramWeight(objective) * gram[i * dim + j] + (i === j ? diagonal : 0),
    ),
    diagonal * prior[i],
  ]);
  for (const { row, a, b } of preferences) {
    const y = Array.from(
      { length: dim },
      (_, f) => factors.values[row * factors.stride + f] * factors.scale,
    );
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j < dim; j++) system[i][j] += a * y[i] * y[j];
      system[i][dim] += b * y[i];
    }
  }
  for (let pivot = 0; pivot < dim; pivot++) {
    for (let i = 0; i < dim; i++) {
      if (i === pivot) continue;
      const factor = system[i][pivot] / system[pivot][pivot];
      for (let j = pivot; j <= dim; j++) system[i][j] -= factor * system[pivot][j];
    }
  }
  return system.map((equation, i) => equation[dim] / equation[i]);
}
