/**
 * @module
 * Exploration: lists by a draw of what the visitor's embedding could be (Thompson sampling), and how
 * likely each item was to be in the list that was drawn.
 *
 * The propensity of an item is the probability that a list drawn by the same policy, for the same
 * visitor and rules, holds it; the share of other draws whose list does. The policy is the whole way
 * from a draw to the finished list, so that filters, caps and diversity are counted in. With h hits
 * in n draws the estimate is (h + ½) / (n + 1), which is never 0: a list that was shown cannot have
 * been impossible. Sites weigh their logs by its inverse.
 */
import { solveVisitor } from './learners/als.ts';
import { samplePosterior } from './learners/samplePosterior.ts';
import type { LearnerProblem, WeightedPreference } from './learners/types.ts';
import { seededRandom } from './training/seededRandom.ts';

/** The standard error of an estimate is at most ½ / √draws. */
const DRAWS = 100;
/** However slow a draw is, so many are made. */
const LEAST_DRAWS = 20;
/** Draws beyond the least stop after this long. */
const BUDGET_MS = 25;

/**
 * A list by one draw, its items with their propensity; parameters as `explore`'s.
 * @param listBy - the whole way from a draw to the finished list.
 */
export async function exploreLists<T extends { row: number }>(
  problem: LearnerProblem,
  visitor: { preferences: readonly WeightedPreference[]; embedding: Float64Array },
  strength: number,
  random: () => number,
  clock: () => number,
  listBy: (query: Float64Array) => Promise<T[]>,
  propensities = true,
): Promise<T[]> {
  const drawn = explore(problem, visitor, strength, random, clock);
  const list = await listBy(drawn.query);
  if (!propensities) return list;
  const tally = drawn.tally(list);
  for (const query of tally.draws()) tally.add(await listBy(query));
  return tally.marked();
}

export interface Exploration {
  /** The embedding that the list is made by. */
  readonly query: Float64Array;
  /** Counts what other draws would have shown. */
  tally<T extends { row: number }>(list: readonly T[]): PropensityTally<T>;
}

export interface PropensityTally<T> {
  /** Embeddings to make further lists by, each to be told with `add`, until there are enough. */
  draws(): Generator<Float64Array>;
  add(list: readonly { row: number }[]): void;
  /** The first list, each item with its propensity, in (0, 1). */
  marked(): (T & { propensity: number })[];
}

/**
 * @param strength - of the draw, (0, 1]; see `samplePosterior`.
 * @param random - uniform in [0, 1). The tally takes one number of it, for a generator of its own:
 * how many draws there is time for moves no later number.
 * @param clock - ms since any fixed moment.
 */
export function explore(
  problem: LearnerProblem,
  visitor: { preferences: readonly WeightedPreference[]; embedding: Float64Array },
  strength: number,
  random: () => number,
  clock: () => number,
): Exploration {
  // Around the embedding that serves, which a refinement may have moved.
  const { embedding } = visitor;
  const system = { ...solveVisitor(problem, visitor.preferences), embedding };
  return {
    query: samplePosterior(system, strength, random),
    tally(list) {
      const hits = new Map(list.map(({ row }) => [row, 0]));
      const uniform = seededRandom(Math.floor(random() * 2 ** 32));
      let draws = 0;
      return {
        *draws() {
          const started = clock();
          const isTime = () => draws < LEAST_DRAWS || clock() - started < BUDGET_MS;
          while (draws < DRAWS && isTime()) yield samplePosterior(system, strength, uniform);
        },
        add(drawn) {
          for (const { row } of drawn) {
            const count = hits.get(row);
            if (count !== undefined) hits.set(row, count + 1);
          }
          draws++;
        },
        marked: () =>
          list.map((one) => ({
            ...one,
            propensity: ((hits.get(one.row) ?? 0) + 0.5) / (draws + 1),
          })),
      };
    },
  };
}
