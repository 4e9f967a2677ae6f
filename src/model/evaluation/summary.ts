/**
 * @module
 * From outcomes to the numbers of the table: means with intervals, recall by events seen, and
 * differences between engines.
 */
import { bootstrapDifference, bootstrapMean, bootstrapRatio, type Estimate } from './bootstrap.ts';
import type { ListQuality } from './listQuality.ts';
import type { FoldResult } from './measure.ts';
import type { Metric } from './metrics.ts';
import { seededRandom } from '../training/seededRandom.ts';

/** Lower ends of the steps of recall by events seen; the last is open. */
const EVENT_STEPS: readonly number[] = [1, 2, 3, 5, 10, 20, 50];

/** The first metric's mean over the cases with `from` to `to` events in the history. */
export interface EventStep {
  from: number;
  /** null: no upper end. */
  to: number | null;
  cases: number;
  /** NaN when there is no case. */
  mean: number;
}

export interface EngineSummary extends ListQuality {
  engine: string;
  cases: number;
  users: number;
  metrics: (Estimate & { name: string })[];
  serendipity: Estimate;
  byEventsSeen: EventStep[];
}

/**
 * Cases of all folds count alike. Coverage, novelty and diversity are averaged over folds, since
 * each fold has a model and a catalogue of its own.
 *
 * @param results - one engine's, one a fold.
 */
export function summarise(
  results: readonly FoldResult[],
  metrics: readonly Metric[],
  seed: number,
): EngineSummary {
  const users = results.flatMap((result) => [...result.users]);
  const seen = results.flatMap((result) => [...result.eventsSeen]);
  const first = pooled(results, 0);
  return {
    engine: results[0].engine,
    cases: users.length,
    users: new Set(users).size,
    metrics: metrics.map(({ name }, metric) => ({
      name,
      ...bootstrapMean(users, pooled(results, metric), seededRandom(seed)),
    })),
    serendipity: bootstrapMean(
      users,
      results.flatMap((result) => [...result.serendipity]),
      seededRandom(seed),
    ),
    coverage: meanOf(results.map((result) => result.quality.coverage)),
    novelty: meanOf(results.map((result) => result.quality.novelty)),
    diversity: meanOf(results.map((result) => result.quality.diversity)),
    byEventsSeen: EVENT_STEPS.map((from, step) => {
      const next = EVENT_STEPS.at(step + 1) ?? Infinity;
      const inStep = first.filter((_, index) => seen[index] >= from && seen[index] < next);
      return {
        from,
        to: Number.isFinite(next) ? next - 1 : null,
        cases: inStep.length,
        mean: meanOf(inStep),
      };
    }),
  };
}

/** `left` − `right` of one metric, over the same cases; and `left` over `right` as `ratio`. */
export function compare(
  left: readonly FoldResult[],
  right: readonly FoldResult[],
  metric: number,
  seed: number,
): Estimate & { ratio: Estimate } {
  const users = left.flatMap((result) => [...result.users]);
  const values = [pooled(left, metric), pooled(right, metric)] as const;
  return {
    ...bootstrapDifference(users, ...values, seededRandom(seed)),
    ratio: bootstrapRatio(users, ...values, seededRandom(seed)),
  };
}

function pooled(results: readonly FoldResult[], metric: number): number[] {
  return results.flatMap((result) => [...result.values[metric]]);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
