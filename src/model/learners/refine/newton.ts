/**
 * @module
 * The minimum of a ranking problem by Newton steps with the exact Hessian, in float64: short, slow
 * where the catalogue is large, and right to the last digits. What the tfjs refiner is tested
 * against, and what replays in Node.
 */
import { choleskyInPlace, solveCholeskyInPlace, solveLowerInPlace } from '../../linalg/cholesky.ts';
import { readRow } from '../../readRow.ts';
import { solveVisitor } from '../als.ts';
import { rankingProblem, type RankingProblem } from './rankingProblem.ts';
import type { LossConstants, RankingLoss, Refiner, RefinementProblem } from './types.ts';

const MAX_STEPS = 50;
/** Of |∇F|/ρ. */
const TOLERANCE = 1e-9;
/** Near the minimum F changes by less than its last digits: a climb of that share is none. */
const ROUNDING = 1e-12;

export function createNewtonRefiner(loss: RankingLoss, constants: LossConstants): Refiner {
  return {
    name: `newton-${loss}`,
    refine(problem, preferences) {
      const ranking = rankingProblem(problem, preferences, loss, constants);
      const none = { loss, steps: 0, residual: 0, tensors: 0, bytes: 0 };
      if (ranking === null) {
        const { embedding } = solveVisitor(problem, preferences);
        return Promise.resolve({ embedding, run: none });
      }
      const { z, steps, residual } = minimise(ranking, problem);
      return Promise.resolve({
        embedding: ranking.embedding(z),
        run: { ...none, steps, residual },
      });
    },
    dispose() {},
  };
}

function minimise(ranking: RankingProblem, { factors }: RefinementProblem) {
  const { dim, pull } = ranking;
  const directions = ranking.directions ?? allDirections(ranking, factors);
  let z = new Float64Array(dim);
  let at = evaluate(ranking, directions, z);
  for (let steps = 0; ; steps++) {
    const residual = Math.hypot(...at.gradient) / pull;
    if (residual < TOLERANCE || steps === MAX_STEPS) return { z, steps, residual };
    const step = at.gradient.slice();
    choleskyInPlace(at.hessian, dim);
    solveCholeskyInPlace(at.hessian, dim, step);
    // Halved until it does not climb: far from the minimum the quadratic promises too much.
    for (let length = 1; ; length /= 2) {
      const next = z.map((value, f) => value - length * step[f]);
      const there = evaluate(ranking, directions, next);
      if (there.value <= at.value + ROUNDING * Math.abs(at.value) || length < 1e-6) {
        z = next;
        at = there;
        break;
      }
    }
  }
}

/** τL⁻¹yⱼ for every row. */
function allDirections(ranking: RankingProblem, factors: RefinementProblem['factors']) {
  const { dim, sharpness, system } = ranking;
  const directions = new Float64Array(factors.rows * dim);
  for (let row = 0; row < factors.rows; row++) {
    const direction = directions.subarray(row * dim, (row + 1) * dim);
    readRow(factors, row, direction);
    for (let f = 0; f < dim; f++) direction[f] *= sharpness;
    solveLowerInPlace(system.lower, dim, direction);
  }
  return directions;
}

/** F, ∇F and ∇²F at z. */
function evaluate(ranking: RankingProblem, directions: Float64Array, z: Float64Array) {
  const { dim, pull, offsets, weights, kind, totalWeight, target } = ranking;
  const n = offsets.length;
  let value = 0;
  const gradient = new Float64Array(dim);
  const hessian = new Float64Array(dim * dim);
  for (let f = 0; f < dim; f++) {
    value += (pull / 2) * z[f] ** 2 - target[f] * z[f];
    gradient[f] = pull * z[f] - target[f];
    hessian[f * dim + f] = pull;
  }
  const scores = Float64Array.from(offsets, (offset, k) => {
    let sum = offset;
    for (let f = 0; f < dim; f++) sum += directions[k * dim + f] * z[f];
    return sum;
  });
  const slopes = new Float64Array(n);
  const bends = new Float64Array(n);
  if (kind === 'pairs') {
    for (let k = 0; k < n; k++) {
      const wrong = 1 / (1 + Math.exp(scores[k]));
      value += weights[k] * softplus(-scores[k]);
      slopes[k] = -weights[k] * wrong;
      bends[k] = weights[k] * wrong * (1 - wrong);
    }
  } else {
    const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += Math.exp(scores[k] - highest);
    value += totalWeight * (highest + Math.log(sum));
    for (let k = 0; k < n; k++) {
      slopes[k] = (totalWeight * Math.exp(scores[k] - highest)) / sum;
      bends[k] = slopes[k];
    }
  }
  const mean = new Float64Array(dim);
  for (let k = 0; k < n; k++) {
    const v = directions.subarray(k * dim, (k + 1) * dim);
    for (let f = 0; f < dim; f++) mean[f] += slopes[k] * v[f];
    if (bends[k] < 1e-12 * totalWeight) continue;
    for (let f = 0; f < dim; f++) {
      const scaled = bends[k] * v[f];
      for (let g = 0; g <= f; g++) hessian[f * dim + g] += scaled * v[g];
    }
  }
  for (let f = 0; f < dim; f++) {
    gradient[f] += mean[f];
    if (kind === 'pairs') continue;
    for (let g = 0; g <= f; g++) hessian[f * dim + g] -= (mean[f] * mean[g]) / totalWeight;
  }
  return { value, gradient, hessian };
}

function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
