/**
 * @module
 * Thompson sampling: a draw from what the visitor's embedding could be, given how little is known.
 *
 * A⁻¹ of the solved system is the posterior covariance of ridge regression with unit noise; with
 * A = L·Lᵀ, x + s·L⁻ᵀz has covariance s²·A⁻¹ when z is standard normal.
 *
 * Paper: Agrawal & Goyal, ICML 2013, https://arxiv.org/abs/1209.3352.
 */
import { solveUpperInPlace } from '../linalg/cholesky.ts';
import type { VisitorSystem } from './als.ts';

/**
 * @param strength - s: 0 gives the embedding itself.
 * @param random - uniform in [0, 1).
 */
export function samplePosterior(
  { embedding, lower }: VisitorSystem,
  strength: number,
  random: () => number,
): Float64Array {
  const dim = embedding.length;
  const draw = Float64Array.from({ length: dim }, () => strength * standardNormal(random));
  solveUpperInPlace(lower, dim, draw);
  return draw.map((deviation, f) => embedding[f] + deviation);
}

/** Box & Muller, 1958. */
function standardNormal(random: () => number): number {
  // 1 − u is never 0, whose logarithm there is none.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
