/**
 * @module
 * One visitor's ranking loss in coordinates where the pull is round.
 *
 * With A = LLᵀ and x₀ of the closed form (`solveVisitor`) and x = x₀ + L⁻ᵀz, the loss is
 *
 *   F(z) = ½ρ|z|² + W·log Σⱼ exp(oⱼ + vⱼᵀz) − tᵀz     (softmax, sampled softmax)
 *   F(z) = ½ρ|z|² + Σₖ wₖ·log(1 + exp(−oₖ − vₖᵀz))     (BPR)
 *
 * The pull is the closed form's own posterior, (x − x₀)ᵀA(x − x₀): where the log has said much, the
 * answer stays. F is strictly convex, so every backend has the same minimum to find, and |∇F|/ρ
 * bounds the distance to it.
 *
 * Softmax: vⱼ = τL⁻¹yⱼ for every row j, oⱼ = τyⱼᵀx₀; t and W sum over the items in favour, each
 * with its b. Sampled: only the visitor's own rows and m drawn ones, whose oⱼ gains −log(m·qⱼ), so
 * that the sum over them is an unbiased estimate of the sum over all. BPR: vₖ = τL⁻¹(yᵢ − yⱼ) for
 * an item i in favour and a drawn j, weighing bᵢ / K. Items with feedback against are always among
 * the negatives.
 *
 * Papers: Jean et al., ACL 2015, https://arxiv.org/abs/1412.2007 (sampled softmax, section 3);
 * Rendle et al., BPR, UAI 2009, https://arxiv.org/abs/1205.2618, eq. 4.
 */
import { solveLowerInPlace, solveUpperInPlace } from '../../linalg/cholesky.ts';
import { readRow } from '../../readRow.ts';
import { seededRandom } from '../../training/seededRandom.ts';
import { solveVisitor, type VisitorSystem } from '../als.ts';
import type { WeightedPreference } from '../types.ts';
import { createSampler } from './sampleRows.ts';
import type { LossConstants, RankingLoss, RefinementProblem } from './types.ts';

export interface RankingProblem {
  readonly kind: 'partition' | 'pairs';
  readonly dim: number;
  /** ρ. */
  readonly pull: number;
  /** n rows vⱼ of d values, row-major; null: every row of the catalogue, see `sharpness`. */
  readonly directions: Float64Array | null;
  /** oⱼ, length n. */
  readonly offsets: Float64Array;
  /** wₖ of the pairs, length n; empty for a partition. */
  readonly weights: Float64Array;
  /** W: the summed weight of what was chosen. */
  readonly totalWeight: number;
  /** t, length d; zeros for pairs. */
  readonly target: Float64Array;
  /** vⱼ = τL⁻¹yⱼ where `directions` is null. */
  readonly sharpness: number;
  readonly system: VisitorSystem;
  /** x = x₀ + L⁻ᵀz. */
  embedding(z: ArrayLike<number>): Float64Array;
}

/**
 * @returns null when nothing is in favour of any item: there is nothing to refine.
 * @throws {SottoError} `row-out-of-range`; `not-finite` if the solve breaks down.
 */
export function rankingProblem(
  problem: RefinementProblem,
  preferences: readonly WeightedPreference[],
  loss: RankingLoss,
  constants: LossConstants,
): RankingProblem | null {
  const chosen = preferences.filter(({ b }) => b > 0);
  if (chosen.length === 0) return null;
  const { factors } = problem;
  const { dim } = factors;
  const system = solveVisitor(problem, preferences);
  const against = preferences.filter(({ a, b }) => a > 0 && b === 0).map(({ row }) => row);
  const scaled = (row: number, out: Float64Array): Float64Array => {
    readRow(factors, row, out);
    for (let f = 0; f < dim; f++) out[f] *= constants.sharpness;
    return out;
  };
  const shared = {
    dim,
    pull: constants.pull,
    sharpness: constants.sharpness,
    totalWeight: chosen.reduce((sum, { b }) => sum + b, 0),
    system,
    embedding: (z: ArrayLike<number>) => {
      const x = Float64Array.from(z);
      solveUpperInPlace(system.lower, dim, x);
      for (let f = 0; f < dim; f++) x[f] += system.embedding[f];
      return x;
    },
  };
  const dotStart = (row: Float64Array): number => {
    let sum = 0;
    for (let f = 0; f < dim; f++) sum += row[f] * system.embedding[f];
    return sum;
  };

  if (loss === 'bpr') {
    const draw = createSampler(problem.popularity, seededRandom(constants.seed));
    const pairs: { row: number; other: number; weight: number }[] = [];
    const perItem = Math.max(1, Math.round(constants.negatives / chosen.length));
    for (const { row, b } of chosen) {
      const others = [...draw(perItem), ...against].filter((other) => other !== row);
      for (const other of others) pairs.push({ row, other, weight: b / others.length });
    }
    const directions = new Float64Array(pairs.length * dim);
    const offsets = new Float64Array(pairs.length);
    const other = new Float64Array(dim);
    for (const [k, pair] of pairs.entries()) {
      const direction = scaled(pair.row, directions.subarray(k * dim, (k + 1) * dim));
      scaled(pair.other, other);
      for (let f = 0; f < dim; f++) direction[f] -= other[f];
      offsets[k] = dotStart(direction);
      solveLowerInPlace(system.lower, dim, direction);
    }
    return {
      ...shared,
      kind: 'pairs',
      directions,
      offsets,
      weights: Float64Array.from(pairs, ({ weight }) => weight),
      target: new Float64Array(dim),
    };
  }

  const target = new Float64Array(dim);
  const row64 = new Float64Array(dim);
  for (const { row, b } of chosen) {
    scaled(row, row64);
    for (let f = 0; f < dim; f++) target[f] += b * row64[f];
  }
  solveLowerInPlace(system.lower, dim, target);

  if (loss === 'softmax') {
    const offsets = new Float64Array(factors.rows);
    for (let row = 0; row < factors.rows; row++) offsets[row] = dotStart(scaled(row, row64));
    return {
      ...shared,
      kind: 'partition',
      directions: null,
      offsets,
      weights: new Float64Array(0),
      target,
    };
  }

  const own = [...new Set([...chosen.map(({ row }) => row), ...against])];
  const isOwn = new Set(own);
  const sampler = createSampler(problem.popularity, seededRandom(constants.seed));
  const drawn = sampler(constants.negatives).filter((row) => !isOwn.has(row));
  const rows = [...own, ...drawn];
  const directions = new Float64Array(rows.length * dim);
  const offsets = new Float64Array(rows.length);
  for (const [k, row] of rows.entries()) {
    const direction = scaled(row, directions.subarray(k * dim, (k + 1) * dim));
    offsets[k] = dotStart(direction);
    if (k >= own.length) offsets[k] -= Math.log(constants.negatives * sampler.probability(row));
    solveLowerInPlace(system.lower, dim, direction);
  }
  return {
    ...shared,
    kind: 'partition',
    directions,
    offsets,
    weights: new Float64Array(0),
    target,
  };
}
