/**
 * @module
 * ALS fold-in: one visitor's embedding from their preferences, item factors held fixed.
 *
 * Solves (α₀·YᵀY + Λ + Σ gᵢaᵢ·yᵢyᵢᵀ) x = Σ gᵢbᵢ·yᵢ + Λm in one pass: O(n·d² + d³), no randomness.
 * n = items with feedback, d = embedding length, m = prior mean. With no preference at all x = m.
 *
 * Paper: Hu, Koren & Volinsky, ICDM 2008, eq. 4. https://doi.org/10.1109/ICDM.2008.22
 */
import { SottoError } from '../../errors.ts';
import { choleskyInPlace, solveCholeskyInPlace } from '../linalg/cholesky.ts';
import { gramWeight, ridge } from '../objective.ts';
import { readRow } from '../readRow.ts';
import type { Learner, LearnerProblem, WeightedPreference } from './types.ts';

export function createAlsLearner(): Learner {
  return {
    name: 'als',
    learn(problem, preferences) {
      return preferences.length === 0
        ? problem.prior.slice()
        : solveVisitor(problem, preferences).embedding;
    },
    dispose() {},
  };
}

/** The solved system of one visitor; explanations and exploration start from it. */
export interface VisitorSystem {
  /** x, length d. */
  embedding: Float64Array;
  /** L with A = L·Lᵀ, d × d, row-major; only the lower triangle holds. */
  lower: Float64Array;
  /** The diagonal of Λ. */
  lambda: number;
}

/**
 * @param problem - not modified.
 * @param preferences - any order; parts of a row that comes twice add up. Empty: x = m.
 * @throws {SottoError} `row-out-of-range`; `not-finite` if the solve breaks down.
 */
export function solveVisitor(
  problem: LearnerProblem,
  preferences: readonly WeightedPreference[],
): VisitorSystem {
  const { prior, factors } = problem;
  const dim = factors.dim;
  const { matrix, lambda } = assemble(problem, preferences);
  const embedding = new Float64Array(dim);
  for (let f = 0; f < dim; f++) embedding[f] = lambda * prior[f];
  const row = new Float64Array(dim);
  for (const preference of preferences) {
    readRow(factors, preference.row, row);
    for (let f = 0; f < dim; f++) embedding[f] += preference.b * row[f];
  }
  choleskyInPlace(matrix, dim);
  solveCholeskyInPlace(matrix, dim, embedding);
  if (preferences.length === 0) embedding.set(prior);
  for (let f = 0; f < dim; f++) {
    if (!Number.isFinite(embedding[f])) {
      throw new SottoError('not-finite', `embedding[${f}] must be finite but is ${embedding[f]}`);
    }
  }
  return { embedding, lower: matrix, lambda };
}

/** The left-hand side A, lower triangle, and Λ's diagonal. */
function assemble(
  { factors, gram, objective, wholeItems = factors.rows }: LearnerProblem,
  preferences: readonly WeightedPreference[],
): { matrix: Float64Array; lambda: number } {
  const { dim } = factors;
  let positives = 0;
  for (const preference of preferences) positives += preference.positives;
  const lambda = ridge(objective, positives, wholeItems);
  const matrix = new Float64Array(dim * dim);
  const weight = gramWeight(objective);
  for (let index = 0; index < matrix.length; index++) matrix[index] = weight * gram[index];
  for (let f = 0; f < dim; f++) matrix[f * dim + f] += lambda;
  const row = new Float64Array(dim);
  for (const preference of preferences) {
    readRow(factors, preference.row, row);
    addOuterProduct(matrix, dim, row, preference.a);
  }
  return { matrix, lambda };
}

/** matrix += weight · row·rowᵀ, lower triangle. */
function addOuterProduct(
  matrix: Float64Array,
  dim: number,
  row: Float64Array,
  weight: number,
): void {
  for (let f = 0; f < dim; f++) {
    const scaled = weight * row[f];
    if (scaled === 0) continue;
    const offset = f * dim;
    for (let g = 0; g <= f; g++) matrix[offset + g] += scaled * row[g];
  }
}
