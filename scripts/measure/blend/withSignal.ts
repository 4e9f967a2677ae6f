/**
 * @module
 * Lists with one signal more, and the weights that are learned with it.
 */
import type { PreferenceRecord } from '../../../src/events.ts';
import { recordsOf } from '../../../src/model/evaluation/sottoEngine.ts';
import type { Model } from '../../../src/model/model.ts';
import { compress } from '../../../src/model/signals/compress.ts';
import { interestsOf } from '../../../src/model/signals/interests.ts';
import { SIGNAL_UNITS } from '../../../src/model/signals/signals.ts';
import type { CollectedList, ToldCase } from '../../../src/model/training/blend/collectLists.ts';
import { TAUGHT, weighColumns } from '../../../src/model/training/blend/learnBlend.ts';
import type { Speaking } from '../neighbours/speaking.ts';
import { MODEL_OPTIONS } from '../options.ts';
import type { Weights } from './weights.ts';

/** @returns what the visitor's records say of a row of the model, before it is bent. */
export type PersonalSignal = (
  records: readonly PreferenceRecord[],
  nowMs: number,
) => (row: number) => number;

/** @param itemIds - what `speaking` numbers items by. */
export function signalOfSpeaking(
  speaking: Speaking,
  { ids, rowOf }: Pick<Model, 'ids' | 'rowOf'>,
  itemIds: readonly string[],
): PersonalSignal {
  const itemOf = new Map(itemIds.map((id, item) => [id, item]));
  const itemOfRow = Int32Array.from(ids, (id) => itemOf.get(id) ?? -1);
  return (records, nowMs) => {
    const interests = interestsOf(records, rowOf, MODEL_OPTIONS.halfLifeDays, null, nowMs);
    const scores = speaking(
      interests.map((interest) => ({ ...interest, row: itemOfRow[interest.row] })),
    );
    return (row) => scores[itemOfRow[row]];
  };
}

/**
 * The signal stands last among the signals and last among the second weights.
 *
 * @param cases - what the lists were asked of, by index into `itemIds`.
 */
export function withSignal(
  lists: readonly CollectedList[],
  cases: readonly ToldCase[],
  { rowOf }: Pick<Model, 'rowOf'>,
  itemIds: readonly string[],
  signal: PersonalSignal,
): CollectedList[] {
  const count = TAUGHT.length;
  const { halfLifeDays } = MODEL_OPTIONS;
  return lists.map((list) => {
    const { history, told, nowMs } = cases[list.asked];
    const records = recordsOf(history.slice(history.length - told), itemIds, halfLifeDays);
    const interests = interestsOf(records.values(), rowOf, halfLifeDays, null, nowMs);
    const valueOf = signal([...records.values()], nowMs);
    const size = 2 * count + 2;
    const newness = 1 / (1 + interests.reduce((sum, { weight }) => sum + Math.abs(weight), 0));
    const values = new Float32Array(list.rows.length * size);
    for (const [index, row] of list.rows.entries()) {
      const from = list.values.subarray(index * 2 * count, (index + 1) * 2 * count);
      // The units of both kinds of signal are the same.
      const more = compress(valueOf(row), SIGNAL_UNITS.companions);
      values.set(from.subarray(0, count), index * size);
      values[index * size + count] = more;
      values.set(from.subarray(count), index * size + count + 1);
      values[(index + 1) * size - 1] = more * newness;
    }
    return { ...list, values };
  });
}

/** @param lists - as `withSignal` gives them; not modified. */
export function learnWithSignal(lists: readonly CollectedList[]): Weights {
  const count = TAUGHT.length + 1;
  // Learning divides by the spreads in place.
  const copies = lists.map((list) => ({ ...list, values: list.values.slice() }));
  const { weights, spreads } = weighColumns(copies, count);
  const both = Float64Array.from([...spreads, ...spreads]);
  return { weights: weights.map((weight, at) => weight / both[at]), spreads: both };
}
