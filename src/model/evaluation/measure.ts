/**
 * @module
 * One engine asked every case of one fold.
 */
import { SottoError } from '../../errors.ts';
import { itemAudience } from './itemAudience.ts';
import { ListQualityTally, type ListQuality } from './listQuality.ts';
import type { Metric } from './metrics.ts';
import type { Case, EvaluatedEngine, Fold } from './types.ts';

/** The lists that coverage, novelty and diversity look at. */
export const LIST_LENGTH = 20;

/** Outcomes by case, in the fold's order: two engines' results over one fold are paired. */
export interface FoldResult {
  readonly engine: string;
  /** By case. */
  readonly users: Int32Array;
  /** By case: events in the history. */
  readonly eventsSeen: Int32Array;
  /** By metric, then by case. */
  readonly values: readonly Float64Array[];
  readonly quality: ListQuality;
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
  const count = Math.max(LIST_LENGTH, ...metrics.map((metric) => metric.length));
  const tally = new ListQualityTally(itemAudience(fold.training));
  const values = metrics.map(() => new Float64Array(fold.cases.length));
  for (const [index, asked] of fold.cases.entries()) {
    const answer = engine.recommend(asked.history, asked.nowMs, count);
    // Most engines answer at once; awaiting each of many thousand answers would cost more than they do.
    const list = Array.from(answer instanceof Promise ? await answer : answer);
    expectGoodList(engine.name, list, asked, count, fold.training.itemIds.length);
    for (const [place, metric] of metrics.entries()) {
      values[place][index] = metric.of(list, asked.targets);
    }
    tally.add(list.slice(0, LIST_LENGTH));
    onCase?.(index + 1);
  }
  return {
    engine: engine.name,
    users: Int32Array.from(fold.cases, (asked) => asked.user),
    eventsSeen: Int32Array.from(fold.cases, (asked) => asked.history.length),
    values,
    quality: tally.result(),
  };
}

/** An engine that lists what the visitor has already would be measured wrongly, in its favour or not. */
function expectGoodList(
  engine: string,
  list: readonly number[],
  { history }: Case,
  count: number,
  items: number,
): void {
  const taken = new Set(history.map((event) => event.item));
  const start = taken.size;
  for (const item of list) {
    if (!(item >= 0 && item < items)) fail(`an item in [0, ${items})`, item);
    if (taken.has(item)) fail('items that are new and distinct', item);
    taken.add(item);
  }
  if (taken.size - start > count) fail(`at most ${count} items`, list.length);

  function fail(bound: string, value: number): never {
    throw new SottoError('internal', `engine ${engine} must list ${bound} but listed ${value}`);
  }
}
