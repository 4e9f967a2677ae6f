/**
 * @module
 * A ranking problem as a loss on tfjs, with the bounds that the descent steps by.
 */
import {
  add,
  customGrad,
  dispose,
  exp,
  logSumExp,
  mul,
  neg,
  softplus,
  sub,
  sum,
  tensor2d,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { solveLowerInPlace } from '../../linalg/cholesky.ts';
import type { FactorRows } from '../../model.ts';
import { readRow } from '../../readRow.ts';
import type { Slope } from '../descend.ts';
import { largestEigenvalue, squaredNorm } from '../largestEigenvalue.ts';
import { productMatrix, rowProduct, type ProductMatrix } from '../rowProduct.ts';
import { inverseNorm } from '../whiten.ts';
import type { RankingProblem } from './rankingProblem.ts';

/** A slope whose constants are tensors. */
export interface HeldSlope extends Slope {
  dispose(): void;
}

/**
 * @param catalogue - the item factors as a matrix, for a problem without directions of its own; it
 * stays the caller's.
 */
export function slopeOf(
  ranking: RankingProblem,
  factors: FactorRows,
  catalogue: ProductMatrix | null,
): HeldSlope {
  const { dim, pull, kind, totalWeight, system } = ranking;
  const row = (values: Float64Array): Tensor2D =>
    tensor2d(Float32Array.from(values), [1, values.length]);
  const offsets = row(ranking.offsets);
  const own = ranking.directions
    ? productMatrix(ranking.directions, ranking.offsets.length, dim)
    : scaledInverse(ranking);
  const side = row(kind === 'pairs' ? ranking.weights : ranking.target);
  const scoresOf = (z: Tensor2D): Tensor2D => {
    const along = rowProduct(z, own);
    return add(offsets, ranking.directions || !catalogue ? along : rowProduct(along, catalogue));
  };
  return {
    dim,
    flattest: pull,
    steepest: pull + steepness(ranking, factors),
    stretch: inverseNorm(system.lower, dim),
    reach: (z) => Math.hypot(...ranking.embedding(z)),
    loss: (z): Scalar => {
      const held = mul(pull / 2, sum(mul(z, z)));
      const scores = scoresOf(z);
      return kind === 'pairs'
        ? add(held, sum(mul(side, softplus(neg(scores)))))
        : add(held, sub(mul(totalWeight, logPartition(scores)), sum(mul(side, z))));
    },
    dispose: () => dispose([offsets, side, own.rows, own.columns]),
  };
}

/** log Σ exp, with the gradient that the chain rule through its maximum would take many steps for. */
const logPartition = customGrad((scores, save) => {
  const value = logSumExp(scores as Tensor);
  (save as (tensors: Tensor[]) => void)([scores as Tensor, value]);
  return {
    value,
    gradFunc: (dy: Tensor, [saved, total]: Tensor[]) => mul(dy, exp(sub(saved, total))),
  };
}) as (scores: Tensor2D) => Scalar;

/** τL⁻ᵀ: what takes z to the axes of the factors. */
function scaledInverse({ system, sharpness, dim }: RankingProblem): ProductMatrix {
  const inverse = new Float64Array(dim * dim);
  const column = new Float64Array(dim);
  for (let f = 0; f < dim; f++) {
    column.fill(0);
    column[f] = sharpness;
    solveLowerInPlace(system.lower, dim, column);
    inverse.set(column, f * dim);
  }
  return productMatrix(inverse, dim, dim);
}

/** A logistic function bends by at most this much. */
const LOGISTIC_BEND = 0.25;
/** What the start's second moment may be short of the worst on the way. */
const SOFTMAX_CAUTION = 2;
/** Popoviciu: a variance is at most a quarter of the squared range, here about √2 of the longest. */
const RANGE_SHARE = 0.5;
/** Of a whole catalogue, so many rows are looked at. */
const SAMPLED_ROWS = 1024;

/** At most how much the loss bends beyond the pull; of a softmax an estimate, `descend` raises it. */
function steepness(ranking: RankingProblem, factors: FactorRows): number {
  const { dim, kind, totalWeight, weights } = ranking;
  if (kind === 'pairs') {
    return LOGISTIC_BEND * largestEigenvalue(ranking.directions as Float64Array, weights, dim);
  }
  const { directions, offsets } = ranking.directions
    ? { directions: ranking.directions, offsets: ranking.offsets }
    : someDirections(ranking, factors);
  const highest = offsets.reduce((most, offset) => Math.max(most, offset), -Infinity);
  const shares = offsets.map((offset) => Math.exp(offset - highest));
  const total = shares.reduce((all, share) => all + share, 0);
  const moment = largestEigenvalue(directions, shares, dim) / total;
  let longest = 0;
  for (let k = 0; k < shares.length; k++) {
    longest = Math.max(longest, squaredNorm(directions.subarray(k * dim, (k + 1) * dim)));
  }
  return totalWeight * Math.max(SOFTMAX_CAUTION * moment, RANGE_SHARE * longest);
}

/** Every n-th row: they lie in order of their norm, so that all lengths are among them. */
function someDirections(ranking: RankingProblem, factors: FactorRows) {
  const { dim, sharpness, system } = ranking;
  const every = Math.ceil(factors.rows / SAMPLED_ROWS);
  const count = Math.ceil(factors.rows / every);
  const directions = new Float64Array(count * dim);
  const offsets = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const direction = directions.subarray(k * dim, (k + 1) * dim);
    readRow(factors, k * every, direction);
    for (let f = 0; f < dim; f++) direction[f] *= sharpness;
    solveLowerInPlace(system.lower, dim, direction);
    offsets[k] = ranking.offsets[k * every];
  }
  return { directions, offsets };
}
