/**
 * @module
 * What one engine's lists over one fold are worth.
 */
import { askFold } from './askFold.ts';
import { ListQualityTally, type ListQuality } from './listQuality.ts';
import type { Metric } from './metrics.ts';
import { serendipity } from './serendipity.ts';
import type { EvaluatedEngine, Fold } from './types.ts';
import { LIST_LENGTH, yardstickOf, type Yardstick } from './yardstick.ts';

/** Outcomes by case, in the fold's order: two engines' results over one fold are paired. */
export interface FoldResult {
  readonly engine: string;
  /** By case. */
  readonly users: Int32Array;
  /** By case: events in the history. */
  readonly eventsSeen: Int32Array;
  /** By metric, then by case. */
  readonly values: readonly Float64Array[];
  /** By case. */
  readonly serendipity: Float64Array;
  readonly quality: ListQuality;
}

/** Items that a list must hold for `metrics` and for what is measured beside them. */
export function listLengthOf(metrics: readonly Metric[]): number {
  return Math.max(LIST_LENGTH, ...metrics.map((metric) => metric.length));
}

/**
 * @param onCase - told after each case how many are done.
 * @throws {SottoError} `internal` when the engine's list breaks the promise of `EvaluatedEngine`.
 */
export async function measureFold(
  engine: EvaluatedEngine,
  fold: Fold,
  metrics: readonly Metric[],
  onCase?: (done: number) => void,
): Promise<FoldResult> {
  const lists = await askFold(engine, fold, listLengthOf(metrics), onCase);
  return measureLists(engine.name, lists, fold, metrics, yardstickOf(fold));
}

/** @param lists - by case, in the fold's order. */
export function measureLists(
  engine: string,
  lists: readonly Int32Array[],
  fold: Fold,
  metrics: readonly Metric[],
  { audience, obvious }: Yardstick,
): FoldResult {
  const tally = new ListQualityTally(audience);
  for (const list of lists) tally.add(list.subarray(0, LIST_LENGTH));
  return {
    engine,
    users: Int32Array.from(fold.cases, (asked) => asked.user),
    eventsSeen: Int32Array.from(fold.cases, (asked) => asked.history.length),
    values: metrics.map((metric) => valuesOf(lists, fold, metric)),
    serendipity: Float64Array.from(fold.cases, ({ targets }, index) =>
      serendipity(lists[index].subarray(0, LIST_LENGTH), LIST_LENGTH, targets, obvious[index]),
    ),
    quality: tally.result(),
  };
}

/** By case. */
export function valuesOf(lists: readonly Int32Array[], fold: Fold, metric: Metric): Float64Array {
  return Float64Array.from(fold.cases, ({ targets }, index) => metric.of(lists[index], targets));
}
