/**
 * @module
 * How likely each item of a list was to be in it: the share of other draws of the same policy whose
 * list holds it. What a site needs to weigh its logs by (inverse propensity scoring).
 *
 * The policy is the whole way from a draw of the posterior to the finished list, so that filters,
 * caps and diversity are counted in. With h hits in n draws the estimate is (h + ½) / (n + 1), which
 * is never 0: a list that was shown cannot have been impossible.
 */
import { seededRandom } from './training/seededRandom.ts';

/** Of the estimate; its standard error is at most 0.5 / √draws. */
export const PROPENSITY_DRAWS = 100;
/** However slow a draw is, so many are made. */
const LEAST_DRAWS = 20;

export interface PropensityLimits {
  /** ms since any fixed moment. */
  clock: () => number;
  /** Draws beyond the least stop after this long, ms. */
  budgetMs: number;
}

/**
 * @param rows - the list's.
 * @param policy - draws a list anew, from uniforms in [0, 1).
 * @param random - taken from once: how many draws there is time for moves no later number.
 * @returns by place of the list, in (0, 1).
 */
export async function estimatePropensities(
  rows: readonly number[],
  policy: (random: () => number) => Promise<readonly { row: number }[]>,
  random: () => number,
  { clock, budgetMs }: PropensityLimits,
): Promise<number[]> {
  const hits = new Map(rows.map((row) => [row, 0]));
  const drawRandom = seededRandom(Math.floor(random() * 2 ** 32));
  const started = clock();
  let draws = 0;
  while (draws < PROPENSITY_DRAWS && (draws < LEAST_DRAWS || clock() - started < budgetMs)) {
    for (const { row } of await policy(drawRandom)) {
      const count = hits.get(row);
      if (count !== undefined) hits.set(row, count + 1);
    }
    draws++;
  }
  return rows.map((row) => ((hits.get(row) ?? 0) + 0.5) / (draws + 1));
}
