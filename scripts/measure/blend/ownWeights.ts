/**
 * @module
 * Weights of the visitor's own: after each visit a step up the likelihood of what was chosen, and a
 * part of that back to the blend's.
 */
import type { Case } from '../../../src/model/evaluation/types.ts';
import type { CollectedList } from '../../../src/model/training/blend/collectLists.ts';
import { recallOfList } from '../../../src/model/training/blend/recallOf.ts';
import { weightsUnder } from '../../../src/model/training/blend/fitSoftmax.ts';
import type { Weights } from './weights.ts';

/** Towards the blend's: a share of the difference, each step. */
const PULL = 0.1;

/**
 * @param lists - of `cases`, in order of time within a user.
 * @returns Recall@20 by case, each by the weights before it.
 */
export function recallByOwnWeights(
  lists: readonly CollectedList[],
  cases: readonly Case[],
  { weights, spreads }: Weights,
  step: number,
): number[] {
  const signals = spreads.length;
  const own = new Map<number, Float64Array>();
  const values = new Array<number>(cases.length).fill(0);
  for (const list of lists) {
    const { user } = cases[list.asked];
    const mine = own.get(user) ?? weights.slice();
    own.set(user, mine);
    values[list.asked] = recallOfList(list, mine);
    const shares = sharesOf(list, weightsUnder(list.conditions, mine));
    const slope = new Float64Array(signals);
    for (let f = 0; f < signals; f++) {
      for (const row of list.chosen) slope[f] += list.values[row * signals + f];
      slope[f] /= list.chosen.length;
      for (let row = 0; row < shares.length; row++) {
        slope[f] -= shares[row] * list.values[row * signals + f];
      }
    }
    const factors = [1, ...list.conditions];
    for (let place = 0; place < mine.length; place++) {
      const f = place % signals;
      // Every signal on the scale of its spread.
      const gradient = (factors[Math.floor(place / signals)] * slope[f]) / spreads[f] ** 2;
      mine[place] += step * (gradient - PULL * (mine[place] - weights[place]));
    }
  }
  return values;
}

/** How likely each candidate is, by a softmax over the list. */
function sharesOf({ values }: CollectedList, weights: Float64Array): Float64Array {
  const size = weights.length;
  const scores = new Float64Array(values.length / size);
  for (let at = 0; at < values.length; at++) {
    scores[Math.floor(at / size)] += weights[at % size] * values[at];
  }
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
