/**
 * @module
 * One visitor's objective in coordinates where it is nearly round, so that few gradient steps do.
 *
 * With P = α₀G + Λ = LLᵀ and x = m + L⁻ᵀz, the objective that `objective.ts` states becomes, up to
 * a constant,
 *
 *   f(z) = |z|² + 2·cᵀz + Σ aᵢ·sᵢ² − 2·Σ bᵢ·sᵢ,   sᵢ = yᵢᵀm + vᵢᵀz,   vᵢ = L⁻¹yᵢ,   c = α₀·L⁻¹Gm
 *
 * Half its Hessian is I + Σ aᵢvᵢvᵢᵀ. What all visitors share, which is as ill-conditioned as the
 * catalogue, has become the identity; only the visitor's own items bend it, by at most
 * max aᵢ / α₀ each. All of this is float64: float32 would lose the answer in L⁻¹.
 */
import { choleskyInPlace, solveLowerInPlace, solveUpperInPlace } from '../linalg/cholesky.ts';
import { gramWeight, ridge } from '../objective.ts';
import { readRow } from '../readRow.ts';
import { largestEigenvalue, squaredNorm } from './largestEigenvalue.ts';
import type { LearnerProblem, WeightedPreference } from './types.ts';

export interface WhitenedObjective {
  /** n preferences of d coordinates. */
  readonly n: number;
  readonly dim: number;
  /** vᵢ, n × d, row-major. */
  readonly directions: Float32Array;
  /** yᵢᵀm, length n. */
  readonly priorScores: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** c, length d. */
  readonly pull: Float32Array;
  /** Bounds on the eigenvalues of half the Hessian. */
  readonly flattest: number;
  readonly steepest: number;
  /** ‖L⁻ᵀ‖ at most: an error of e in z is one of at most `stretch`·e in x. */
  readonly stretch: number;
  /** x = m + L⁻ᵀz. */
  embedding(z: ArrayLike<number>): Float64Array;
}

/**
 * @param preferences - at least one; not modified.
 * @throws {SottoError} `row-out-of-range`; `not-finite` when α₀G + Λ is not positive definite.
 */
export function whiten(
  problem: LearnerProblem,
  preferences: readonly WeightedPreference[],
): WhitenedObjective {
  const { factors, gram, prior, objective, wholeItems = factors.rows } = problem;
  const { dim } = factors;
  const n = preferences.length;
  const alpha0 = gramWeight(objective);

  let positives = 0;
  for (const preference of preferences) positives += preference.positives;
  const diagonal = ridge(objective, positives, wholeItems);
  const lower = gram.map((value) => alpha0 * value);
  for (let f = 0; f < dim; f++) lower[f * dim + f] += diagonal;
  choleskyInPlace(lower, dim);

  const pull = new Float64Array(dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) pull[i] += alpha0 * gram[i * dim + j] * prior[j];
  }
  solveLowerInPlace(lower, dim, pull);

  const directions = new Float64Array(n * dim);
  const priorScores = new Float64Array(n);
  let flattest = 1;
  for (const [i, { row, a }] of preferences.entries()) {
    const direction = directions.subarray(i * dim, (i + 1) * dim);
    readRow(factors, row, direction);
    for (let f = 0; f < dim; f++) priorScores[i] += direction[f] * prior[f];
    solveLowerInPlace(lower, dim, direction);
    if (a < 0) flattest += a * squaredNorm(direction);
  }

  const weights = preferences.map(({ a }) => a);
  return {
    n,
    dim,
    directions: Float32Array.from(directions),
    priorScores: Float32Array.from(priorScores),
    a: Float32Array.from(weights),
    b: Float32Array.from(preferences, ({ b }) => b),
    pull: Float32Array.from(pull),
    flattest: Math.max(flattest, 0.1),
    steepest: 1 + largestEigenvalue(directions, weights, dim),
    stretch: inverseNorm(lower, dim),
    embedding(z) {
      const x = Float64Array.from(z);
      solveUpperInPlace(lower, dim, x);
      for (let f = 0; f < dim; f++) x[f] += prior[f];
      return x;
    },
  };
}

/** ‖L⁻¹‖ in the Frobenius norm, which bounds the spectral one. */
export function inverseNorm(lower: Float64Array, dim: number): number {
  let sum = 0;
  const column = new Float64Array(dim);
  for (let j = 0; j < dim; j++) {
    column.fill(0);
    column[j] = 1;
    solveLowerInPlace(lower, dim, column);
    sum += squaredNorm(column);
  }
  return Math.sqrt(sum);
}
