/**
 * @module
 * Weights of signals from lists: the ones under which what was chosen is most likely to have been
 * drawn from all that was on offer.
 *
 * Maximises Σ over lists, weighted, of the mean over its chosen rows of
 *   log( exp(wᵀf) / Σ over the list exp(wᵀf′) )  − ridge·|w|²
 * which is concave: Newton's steps, halved where one would go too far. O(rows · signals²) a step.
 *
 * Papers: Plackett–Luce, https://doi.org/10.2307/2346567; as a ranking loss, Cao et al., ListNet,
 * ICML 2007, https://doi.org/10.1145/1273496.1273513.
 */
import { SottoError } from '../../../errors.ts';
import { choleskyInPlace, solveCholeskyInPlace } from '../../linalg/cholesky.ts';

export interface ChoiceList {
  /** Rows × signals, row-major. */
  values: Float32Array | Float64Array;
  /** Rows that were chosen, at least one. */
  chosen: readonly number[];
  /** Above 0. */
  weight: number;
}

const MAX_STEPS = 30;
const MAX_HALVINGS = 20;
/** Relative gain below which another step is not worth it. */
const TOLERANCE = 1e-9;

/**
 * @param size - signals a row. @param ridge - above 0, in units of a list.
 * @param start - weights to set out from: fewer steps where they are near.
 * @throws {SottoError} `invalid-argument` without a list; `not-finite` for values that are not.
 */
export function fitSoftmax(
  lists: readonly ChoiceList[],
  size: number,
  ridge: number,
  start: Float64Array = new Float64Array(size),
): Float64Array {
  if (lists.length === 0) {
    throw new SottoError('invalid-argument', 'lists must be at least 1 but are 0');
  }
  let weights: Float64Array = start.slice();
  let state = evaluate(lists, weights, ridge);
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = state.gradient.slice();
    choleskyInPlace(state.curvature, size);
    solveCholeskyInPlace(state.curvature, size, direction);
    let length = 1;
    let next = state;
    let moved = weights;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      moved = weights.map((value, index) => value + length * direction[index]);
      next = evaluate(lists, moved, ridge);
      if (next.likelihood >= state.likelihood) break;
      length /= 2;
    }
    const gain = next.likelihood - state.likelihood;
    if (!(gain > TOLERANCE * Math.abs(state.likelihood))) break;
    weights = moved;
    state = next;
  }
  for (const [index, value] of weights.entries()) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `weight ${index} must be finite but is ${value}`);
    }
  }
  return weights;
}

/** Mean log-likelihood, its gradient, and its curvature with the sign changed. */
function evaluate(lists: readonly ChoiceList[], weights: Float64Array, ridge: number) {
  const size = weights.length;
  const gradient = weights.map((value) => -2 * ridge * value);
  const curvature = new Float64Array(size * size);
  for (let f = 0; f < size; f++) curvature[f * size + f] = 2 * ridge;
  let likelihood = -ridge * weights.reduce((sum, value) => sum + value * value, 0);
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  const mean = new Float64Array(size);
  for (const { values, chosen, weight } of lists) {
    const share = weight / total;
    const { chances, logTotal, scores } = chancesOf(values, weights);
    mean.fill(0);
    for (let row = 0; row < chances.length; row++) {
      const chance = chances[row];
      for (let f = 0; f < size; f++) {
        const value = values[row * size + f];
        mean[f] += chance * value;
        const scaled = share * chance * value;
        if (scaled === 0) continue;
        for (let g = 0; g <= f; g++) curvature[f * size + g] += scaled * values[row * size + g];
      }
    }
    for (let f = 0; f < size; f++) {
      gradient[f] -= share * mean[f];
      for (let g = 0; g <= f; g++) curvature[f * size + g] -= share * mean[f] * mean[g];
    }
    for (const row of chosen) {
      likelihood += (share / chosen.length) * (scores[row] - logTotal);
      for (let f = 0; f < size; f++) {
        gradient[f] += (share / chosen.length) * values[row * size + f];
      }
    }
  }
  return { likelihood, gradient, curvature };
}

function chancesOf(values: ChoiceList['values'], weights: Float64Array) {
  const size = weights.length;
  const scores = new Float64Array(values.length / size);
  let highest = -Infinity;
  for (let row = 0; row < scores.length; row++) {
    for (let f = 0; f < size; f++) scores[row] += weights[f] * values[row * size + f];
    highest = Math.max(highest, scores[row]);
  }
  const chances = scores.map((score) => Math.exp(score - highest));
  const sum = chances.reduce((total, chance) => total + chance, 0);
  for (let row = 0; row < chances.length; row++) chances[row] /= sum;
  return { scores, chances, logTotal: highest + Math.log(sum) };
}
