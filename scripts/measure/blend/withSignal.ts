/**
 * @module
 * Lists with one signal more.
 */
import type { PreferenceRecord } from '../../../src/events.ts';
import { recordsOf } from '../../../src/model/evaluation/sottoEngine.ts';
import type { Model } from '../../../src/model/model.ts';
import { compress } from '../../../src/model/signals/compress.ts';
import { interestsOf } from '../../../src/model/signals/interests.ts';
import { SIGNAL_UNITS } from '../../../src/model/signals/signals.ts';
import type { CollectedList, ToldCase } from '../../../src/model/training/blend/collectLists.ts';
import { TAUGHT } from '../../../src/model/training/blend/weigh.ts';
import type { Speaking } from '../neighbours/speaking.ts';
import { MODEL_OPTIONS } from '../options.ts';

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
 * The signal stands last among the signals.
 *
 * @param cases - what the lists were asked of, by index into `itemIds`.
 */
export function withSignal(
  lists: readonly CollectedList[],
  cases: readonly ToldCase[],
  itemIds: readonly string[],
  signal: PersonalSignal,
): CollectedList[] {
  const count = TAUGHT.length;
  return lists.map((list) => {
    const { history, told, nowMs } = cases[list.asked];
    const newest = history.slice(history.length - told);
    const records = recordsOf(newest, itemIds, MODEL_OPTIONS.halfLifeDays);
    const valueOf = signal([...records.values()], nowMs);
    const size = count + 1;
    const values = new Float32Array(list.rows.length * size);
    for (const [index, row] of list.rows.entries()) {
      values.set(list.values.subarray(index * count, (index + 1) * count), index * size);
      // The units of both kinds of signal are the same.
      values[index * size + count] = compress(valueOf(row), SIGNAL_UNITS.companions);
    }
    return { ...list, values };
  });
}
