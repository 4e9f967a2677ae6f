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

/** What all losses start from. */
interface Start {
  problem: RefinementProblem;
  constants: LossConstants;
  /** In favour. */
  chosen: readonly WeightedPreference[];
  /** Rows with feedback against, which are always among the negatives. */
  against: readonly number[];
  shared: Pick<
    RankingProblem,
    'dim' | 'pull' | 'sharpness' | 'totalWeight' | 'system' | 'embedding'
  >;
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
  const { dim } = problem.factors;
  const system = solveVisitor(problem, preferences);
  const start: Start = {
    problem,
    constants,
    chosen,
    against: preferences.filter(({ a, b }) => a > 0 && b === 0).map(({ row }) => row),
    shared: {
      dim,
      pull: constants.pull,
      sharpness: constants.sharpness,
      totalWeight: chosen.reduce((sum, { b }) => sum + b, 0),
      system,
      embedding: (z) => {
        const x = Float64Array.from(z);
        solveUpperInPlace(system.lower, dim, x);
        for (let f = 0; f < dim; f++) x[f] += system.embedding[f];
        return x;
      },
    },
  };
  switch (loss) {
    case 'bpr':
      return pairs(start);
    case 'softmax':
      return wholeCatalogue(start);
    case 'sampled-softmax':
      return sampledCatalogue(start);
  }
}

/** BPR: each item in favour beside some that are not. */
function pairs(start: Start): RankingProblem {
  const { problem, constants, chosen, against, shared } = start;
  const { dim, system } = shared;
  const draw = createSampler(problem.popularity, seededRandom(constants.seed));
  const drawn: { row: number; other: number; weight: number }[] = [];
  const perItem = Math.max(1, Math.round(constants.negatives / chosen.length));
  for (const { row, b } of chosen) {
    const others = [...draw(perItem), ...against].filter((other) => other !== row);
    for (const other of others) drawn.push({ row, other, weight: b / others.length });
  }
  const directions = new Float64Array(drawn.length * dim);
  const offsets = new Float64Array(drawn.length);
  const other = new Float64Array(dim);
  for (const [k, pair] of drawn.entries()) {
    const direction = scaledRow(start, pair.row, directions.subarray(k * dim, (k + 1) * dim));
    scaledRow(start, pair.other, other);
    for (let f = 0; f < dim; f++) direction[f] -= other[f];
    offsets[k] = dotStart(start, direction);
    solveLowerInPlace(system.lower, dim, direction);
  }
  return {
    ...shared,
    kind: 'pairs',
    directions,
    offsets,
    weights: Float64Array.from(drawn, ({ weight }) => weight),
    target: new Float64Array(dim),
  };
}

/** Softmax over every row. */
function wholeCatalogue(start: Start): RankingProblem {
  const { problem, shared } = start;
  const offsets = new Float64Array(problem.factors.rows);
  const scaled = new Float64Array(shared.dim);
  for (let row = 0; row < offsets.length; row++) {
    offsets[row] = dotStart(start, scaledRow(start, row, scaled));
  }
  return partition(start, null, offsets);
}

/** Softmax over the visitor's own rows and drawn ones. */
function sampledCatalogue(start: Start): RankingProblem {
  const { problem, constants, chosen, against, shared } = start;
  const { dim, system } = shared;
  const own = new Set([...chosen.map(({ row }) => row), ...against]);
  const sampler = createSampler(problem.popularity, seededRandom(constants.seed));
  const drawn = sampler(constants.negatives).filter((row) => !own.has(row));
  const rows = [...own, ...drawn];
  const directions = new Float64Array(rows.length * dim);
  const offsets = new Float64Array(rows.length);
  for (const [k, row] of rows.entries()) {
    const direction = scaledRow(start, row, directions.subarray(k * dim, (k + 1) * dim));
    offsets[k] = dotStart(start, direction);
    if (k >= own.size) offsets[k] -= Math.log(constants.negatives * sampler.probability(row));
    solveLowerInPlace(system.lower, dim, direction);
  }
  return partition(start, directions, offsets);
}

function partition(
  start: Start,
  directions: Float64Array | null,
  offsets: Float64Array,
): RankingProblem {
  const { chosen, shared } = start;
  const { dim, system } = shared;
  const target = new Float64Array(dim);
  const scaled = new Float64Array(dim);
  for (const { row, b } of chosen) {
    scaledRow(start, row, scaled);
    for (let f = 0; f < dim; f++) target[f] += b * scaled[f];
  }
  solveLowerInPlace(system.lower, dim, target);
  const weights = new Float64Array(0);
  return { ...shared, kind: 'partition', directions, offsets, weights, target };
}

/** τyⱼ. */
function scaledRow({ problem, shared }: Start, row: number, out: Float64Array): Float64Array {
  readRow(problem.factors, row, out);
  for (let f = 0; f < shared.dim; f++) out[f] *= shared.sharpness;
  return out;
}

/** With x₀. */
function dotStart({ shared }: Start, row: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < shared.dim; f++) sum += row[f] * shared.system.embedding[f];
  return sum;
}
