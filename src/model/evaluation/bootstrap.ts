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
  const { sums, cases } = byUser(users, values);
  if (sums.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let drawn = 0;
    for (let user = 0; user < sums.length; user++) {
      const at = Math.floor(random() * sums.length);
      sum += sums[at];
      drawn += cases[at];
    }
    means[draw] = sum / drawn;
  }
  means.sort();
  return {
    mean: total(sums) / values.length,
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
  };
}

/** `bootstrapMean` of `left` − `right`, case by case. */
export function bootstrapDifference(
  users: ArrayLike<number>,
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  random: Random,
  draws = DRAWS,
): Estimate {
  requirePaired(left, right);
  const differences = Float64Array.from(left, (value, index) => value - right[index]);
  return bootstrapMean(users, differences, random, draws);
}

/**
 * How many times as good `left` is as `right`: the ratio of their means over the same cases, with
 * its interval. Both means of a draw come from the same users.
 *
 * Draws of users that both fail altogether have no ratio, and are left out.
 *
 * @returns NaN or infinite where `right` is 0 throughout.
 */
export function bootstrapRatio(
  users: ArrayLike<number>,
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  random: Random,
  draws = DRAWS,
): Estimate {
  requirePaired(left, right);
  const { sums: above } = byUser(users, left);
  const { sums: below } = byUser(users, right);
  const ratios = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let numerator = 0;
    let denominator = 0;
    for (let user = 0; user < above.length; user++) {
      const at = Math.floor(random() * above.length);
      numerator += above[at];
      denominator += below[at];
    }
    ratios[draw] = numerator / denominator;
  }
  const defined = ratios.filter((ratio) => !Number.isNaN(ratio)).sort();
  return {
    mean: total(above) / total(below),
    low: quantile(defined, 0.025),
    high: quantile(defined, 0.975),
  };
}

/** By user, in the order of their first case: the sum of the values, and how many they are. */
function byUser(users: ArrayLike<number>, values: ArrayLike<number>) {
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
  return { sums, cases };
}

function requirePaired(left: ArrayLike<number>, right: ArrayLike<number>): void {
  if (left.length === right.length) return;
  throw new SottoError(
    'internal',
    `right must have ${left.length} cases, as left, but has ${right.length}`,
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Linear between neighbours; NaN of none. */
function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
