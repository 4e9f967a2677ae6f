/**
 * @module
 * How much of what was chosen the first places hold, under given weights: what choices between
 * constants are made by.
 */
import type { ChoiceList } from './fitSoftmax.ts';

const LENGTH = 20;

/**
 * @returns the sum over lists of their weight × hits among the first 20 / the most there could be.
 */
export function recallOf(lists: readonly ChoiceList[], weights: Float64Array): number {
  const size = weights.length;
  let recall = 0;
  for (const { values, chosen, weight } of lists) {
    const scores = new Float64Array(values.length / size);
    for (let row = 0; row < scores.length; row++) {
      for (let f = 0; f < size; f++) scores[row] += weights[f] * values[row * size + f];
    }
    const bound = scores.toSorted()[Math.max(scores.length - LENGTH, 0)];
    const hits = chosen.filter((row) => scores[row] >= bound).length;
    recall += (weight * Math.min(hits, LENGTH)) / Math.min(chosen.length, LENGTH);
  }
  return recall;
}
