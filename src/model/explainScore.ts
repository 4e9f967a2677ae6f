/**
 * @module
 * A score as an exact sum: one share for the prior, one for each item the visitor reacted to.
 *
 * With A₊ = α₀·YᵀY + Λ + Σ over preferences for, the solved system reads
 *
 *   A₊·x = Λm + Σ₊ gᵢbᵢ·yᵢ − Σ₋ gᵢaᵢ·(yᵢᵀx)·yᵢ
 *
 * so yⱼᵀx is the sum over i of those factors times yⱼᵀA₊⁻¹yᵢ. Feedback against an item (b = 0)
 * thereby has its own share, instead of hiding in the inverse.
 */
import { solveCholeskyInPlace } from './linalg/cholesky.ts';
import { solveVisitor } from './learners/als.ts';
import type { LearnerProblem, WeightedPreference } from './learners/types.ts';
import { dotRows, readRow } from './readRow.ts';

export interface ScoreParts {
  score: number;
  /** The share that needs no feedback. */
  prior: number;
  /** One for each row with feedback, largest magnitude first. Adds up with `prior` to `score`. */
  contributions: { row: number; score: number }[];
}

/**
 * @param row - the item whose score is explained. O(n·d² + d³).
 * @param embedding - the one that serves, where it is not the closed form's: what a refinement adds
 * to the score is shared among the items in favour, which alone it is made from, by their weight.
 * @throws {SottoError} `row-out-of-range`.
 */
export function explainScore(
  problem: LearnerProblem,
  preferences: readonly WeightedPreference[],
  row: number,
  embedding?: Float64Array,
): ScoreParts {
  const { factors, prior } = problem;
  const { dim } = factors;
  const closed = solveVisitor(problem, preferences).embedding;
  const scoreOf = dotRows(factors, closed);
  const score = dotRows(factors, embedding ?? closed)(row);
  const refined = score - scoreOf(row);
  if (preferences.length === 0) return { score, prior: score, contributions: [] };
  // Λ depends on the positives alone, so leaving the others out does not change it.
  const positive = solveVisitor(
    problem,
    preferences.filter((preference) => preference.b > 0 || preference.positives > 0),
  );
  const reach = readRow(factors, row, new Float64Array(dim));
  solveCholeskyInPlace(positive.lower, dim, reach);
  const reachOf = dotRows(factors, reach);
  const chosen = preferences.reduce((sum, { b }) => sum + b, 0);
  const shares = new Map<number, number>();
  for (const preference of preferences) {
    const isFor = preference.b > 0 || preference.positives > 0;
    const strength = isFor ? preference.b : -preference.a * scoreOf(preference.row);
    const own = chosen > 0 ? (refined * preference.b) / chosen : 0;
    const share = strength * reachOf(preference.row) + own;
    shares.set(preference.row, (shares.get(preference.row) ?? 0) + share);
  }
  let priorShare = 0;
  for (let f = 0; f < dim; f++) priorShare += positive.lambda * prior[f] * reach[f];
  const contributions = Array.from(shares, ([itemRow, share]) => ({ row: itemRow, score: share }));
  contributions.sort((left, right) => Math.abs(right.score) - Math.abs(left.score));
  return { score, prior: priorShare, contributions };
}
