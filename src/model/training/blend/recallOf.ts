/**
 * @module
 * How much of what was chosen the first places hold, under given weights: what choices between
 * constants are made by.
 */
import { weightsUnder, type ChoiceList } from './fitSoftmax.ts';

const LENGTH = 20;

/** @returns the sum over lists of `recallOfList`. */
export function recallOf(lists: readonly ChoiceList[], weights: Float64Array): number {
  return lists.reduce((sum, list) => sum + recallOfList(list, weights), 0);
}

/**
 * @param weights - as `fitSoftmax` gives them.
 * @returns the list's weight × hits among the first 20 / the most there could be.
 */
export function recallOfList(
  { values, conditions, chosen, weight }: ChoiceList,
  weights: Float64Array,
): number {
  const counting = weightsUnder(conditions, weights);
  const size = counting.length;
  const scores = new Float64Array(values.length / size);
  for (let row = 0; row < scores.length; row++) {
    for (let f = 0; f < size; f++) scores[row] += counting[f] * values[row * size + f];
  }
  const bound = scores.toSorted()[Math.max(scores.length - LENGTH, 0)];
  const hits = chosen.filter((row) => scores[row] >= bound).length;
  return (weight * Math.min(hits, LENGTH)) / Math.min(chosen.length, LENGTH);
}
