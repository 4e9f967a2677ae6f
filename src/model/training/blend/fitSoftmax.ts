/**
 * @module
 * Weights of signals from lists: the ones under which what was chosen is most likely to have been
 * drawn from all that was on offer.
 *
 * A signal has a weight that always counts, and one more for each condition that a list is under (of
 * a visitor who is new, by counts that are fresh), which counts as far as the condition holds:
 *
 *   w(list) = w₀ + Σ over conditions  c(list) · w_c
 *
 * Maximises Σ over lists, weighted, of the mean over its chosen rows of
 *   log( exp(w(list)ᵀf) / Σ over the list exp(w(list)ᵀf′) )  − ridge·|all weights|²
 * which is concave: Newton's steps, halved where one would go too far. A condition is one number a
 * list, so a step costs O(rows · signals²), however many there are.
 *
 * Papers: Plackett–Luce, https://doi.org/10.2307/2346567; as a ranking loss, Cao et al., ListNet,
 * ICML 2007, https://doi.org/10.1145/1273496.1273513.
 */
import { SottoError } from '../../../errors.ts';
import { choleskyInPlace, solveCholeskyInPlace } from '../../linalg/cholesky.ts';

export interface ChoiceList {
  /** Rows × signals, row-major. */
  values: Float32Array | Float64Array;
  /** How far each condition holds; as many in every list. */
  conditions: readonly number[];
  /** Rows that were chosen, at least one. */
  chosen: readonly number[];
  /** Above 0. */
  weight: number;
}

const MAX_STEPS = 30;
const MAX_HALVINGS = 20;
/** Relative gain below which another step is not worth it. */
const TOLERANCE = 1e-9;

export interface FitOptions {
  /** Weights to set out from: fewer steps where they are near. Default: 0. */
  start?: Float64Array | undefined;
  /** Weights that stay where they are, by their place. Default: none. */
  isHeld?: (place: number) => boolean;
}

/**
 * @param signals - a row. @param ridge - above 0, in units of a list.
 * @returns the weights that always count, by signal; then those of each condition.
 * @throws {SottoError} `invalid-argument` without a list; `not-finite` for values that are not.
 */
export function fitSoftmax(
  lists: readonly ChoiceList[],
  signals: number,
  ridge: number,
  { start, isHeld = () => false }: FitOptions = {},
): Float64Array {
  if (lists.length === 0) {
    throw new SottoError('invalid-argument', 'lists must be at least 1 but are 0');
  }
  const size = signals * (1 + lists[0].conditions.length);
  const held = Int32Array.from({ length: size }, (_, place) => place).filter(isHeld);
  let weights = start?.slice() ?? new Float64Array(size);
  let state = evaluate(lists, weights, signals, ridge);
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = state.gradient.slice();
    for (const place of held) holdStill(state.curvature, direction, place);
    choleskyInPlace(state.curvature, size);
    solveCholeskyInPlace(state.curvature, size, direction);
    let length = 1;
    let next = state;
    let moved = weights;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      moved = weights.map((value, index) => value + length * direction[index]);
      next = evaluate(lists, moved, signals, ridge);
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

/** One weight a signal, as it counts under these conditions. @param weights - as `fitSoftmax`. */
export function weightsUnder(conditions: readonly number[], weights: Float64Array): Float64Array {
  const signals = weights.length / (1 + conditions.length);
  const sum = weights.slice(0, signals);
  for (const [index, condition] of conditions.entries()) {
    const from = (index + 1) * signals;
    for (let f = 0; f < signals; f++) sum[f] += condition * weights[from + f];
  }
  return sum;
}

/** Mean log-likelihood, its gradient, and its curvature (lower triangle) with the sign changed. */
function evaluate(
  lists: readonly ChoiceList[],
  weights: Float64Array,
  signals: number,
  ridge: number,
) {
  const size = weights.length;
  const gradient = weights.map((value) => -2 * ridge * value);
  const curvature = new Float64Array(size * size);
  for (let f = 0; f < size; f++) curvature[f * size + f] = 2 * ridge;
  let likelihood = -ridge * weights.reduce((sum, value) => sum + value * value, 0);
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  const slope = new Float64Array(signals);
  const bend = new Float64Array(signals * signals);
  for (const list of lists) {
    const share = list.weight / total;
    likelihood += share * slopeOf(list, weightsUnder(list.conditions, weights), slope, bend);
    const factors = [1, ...list.conditions];
    for (const [block, factor] of factors.entries()) {
      const from = block * signals;
      for (let f = 0; f < signals; f++) gradient[from + f] += share * factor * slope[f];
      for (const [other, otherFactor] of factors.slice(0, block + 1).entries()) {
        const scale = share * factor * otherFactor;
        if (scale === 0) continue;
        for (let f = 0; f < signals; f++) {
          const at = (from + f) * size + other * signals;
          for (let g = 0; g < signals; g++) curvature[at + g] += scale * bend[f * signals + g];
        }
      }
    }
  }
  return { likelihood, gradient, curvature };
}

/**
 * @param slope - written: the gradient with respect to the list's own weights.
 * @param bend - written: the curvature, whole, with the sign changed.
 * @returns the list's log-likelihood.
 */
function slopeOf(
  { values, chosen }: ChoiceList,
  weights: Float64Array,
  slope: Float64Array,
  bend: Float64Array,
): number {
  const size = weights.length;
  const { chances, logTotal, scores } = chancesOf(values, weights);
  const mean = new Float64Array(size);
  bend.fill(0);
  for (let row = 0; row < chances.length; row++) {
    const chance = chances[row];
    for (let f = 0; f < size; f++) {
      const scaled = chance * values[row * size + f];
      if (scaled === 0) continue;
      mean[f] += scaled;
      for (let g = 0; g <= f; g++) bend[f * size + g] += scaled * values[row * size + g];
    }
  }
  for (let f = 0; f < size; f++) {
    slope[f] = -mean[f];
    for (let g = 0; g <= f; g++) {
      bend[f * size + g] -= mean[f] * mean[g];
      bend[g * size + f] = bend[f * size + g];
    }
  }
  let likelihood = 0;
  for (const row of chosen) {
    likelihood += (scores[row] - logTotal) / chosen.length;
    for (let f = 0; f < size; f++) slope[f] += values[row * size + f] / chosen.length;
  }
  return likelihood;
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

/** Newton's step leaves this weight where it is, and the others take no account of it. */
function holdStill(curvature: Float64Array, direction: Float64Array, place: number): void {
  const size = direction.length;
  for (let other = 0; other < size; other++) {
    curvature[place * size + other] = 0;
    curvature[other * size + place] = 0;
  }
  curvature[place * size + place] = 1;
  direction[place] = 0;
}
