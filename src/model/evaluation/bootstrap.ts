/**
 * @module
 * How far a mean over cases could be luck: the percentile bootstrap over users.
 *
 * Whole users are drawn, with all their cases, since the cases of one user are alike: drawing cases
 * would take fifty days of one wholesaler for fifty visitors, and give intervals that are too
 * narrow. The statistic stays the mean over cases, so each draw is Σ values / Σ cases over the users
 * drawn. For two engines the values are the differences case by case, so that what makes a case easy
 * or hard for both falls out.
 *
 * Book: Davison & Hinkley, Bootstrap Methods and their Application, 1997, sections 3.8 and 5.3.
 */
import { SottoError } from '../../errors.ts';
import type { Random } from './random.ts';

export interface Estimate {
  mean: number;
  /** 95 % of the draws lie in [low, high]. */
  low: number;
  high: number;
}

export const DRAWS = 2000;

/**
 * @param users - the user of each case.
 * @param values - the value of each case.
 * @returns all NaN when there is no case.
 */
export function bootstrapMean(
  users: ArrayLike<number>,
  values: ArrayLike<number>,
  random: Random,
  draws = DRAWS,
): Estimate {
  const place = new Map<number, number>();
  const sums: number[] = [];
  const cases: number[] = [];
  for (let index = 0; index < values.length; index++) {
    let at = place.get(users[index]);
    if (at === undefined) {
      place.set(users[index], (at = sums.push(0) - 1));
      cases.push(0);
    }
    sums[at] += values[index];
    cases[at]++;
  }
  if (sums.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let total = 0;
    for (let user = 0; user < sums.length; user++) {
      const at = Math.floor(random() * sums.length);
      sum += sums[at];
      total += cases[at];
    }
    means[draw] = sum / total;
  }
  means.sort();
  const total = sums.reduce((sum, value) => sum + value, 0);
  return { mean: total / values.length, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** `bootstrapMean` of `left` − `right`, case by case. */
export function bootstrapDifference(
  users: ArrayLike<number>,
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  random: Random,
  draws = DRAWS,
): Estimate {
  if (left.length !== right.length) {
    throw new SottoError(
      'internal',
      `right must have ${left.length} cases, as left, but has ${right.length}`,
    );
  }
  const differences = Float64Array.from(left, (value, index) => value - right[index]);
  return bootstrapMean(users, differences, random, draws);
}

/** Linear between neighbours. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
