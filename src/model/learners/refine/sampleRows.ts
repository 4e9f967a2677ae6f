/**
 * @module
 * Draws rows with replacement, in proportion to (popularity + 1)^¾: popular items are the negatives
 * that teach, and the power keeps the rest of the catalogue in sight.
 *
 * Paper: Mikolov et al., 2013, https://arxiv.org/abs/1310.4546, section 2.2.
 */

const POWER = 0.75;

export interface Sampler {
  (count: number): number[];
  /** Of one draw, in (0, 1]. */
  probability(row: number): number;
}

/** @param random - uniform in [0, 1). O(N) once, O(log N) a draw. */
export function createSampler(popularity: ArrayLike<number>, random: () => number): Sampler {
  const ends = new Float64Array(popularity.length);
  let total = 0;
  for (let row = 0; row < ends.length; row++) {
    total += (popularity[row] + 1) ** POWER;
    ends[row] = total;
  }
  const sampler = (count: number): number[] =>
    Array.from({ length: count }, () => firstAbove(ends, random() * total));
  sampler.probability = (row: number) => (ends[row] - (row === 0 ? 0 : ends[row - 1])) / total;
  return sampler;
}

/** The first place whose value is above `bound`; the last place if rounding leaves none. */
function firstAbove(ascending: Float64Array, bound: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
