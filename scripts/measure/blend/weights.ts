/**
 * @module
 * Weights of a blend as `sotto train` learns them, for lists as they were collected.
 */
import type { Signal } from '../../../src/model/blend.ts';
import { CONDITIONS } from '../../../src/model/training/blend/collectLists.ts';
import type { ChoiceList } from '../../../src/model/training/blend/fitSoftmax.ts';
import { TAUGHT, weighColumns } from '../../../src/model/training/blend/weigh.ts';

type Condition = (typeof CONDITIONS)[number];

export interface Weights {
  /** As `fitSoftmax` gives them, for signals as they come. */
  weights: Float64Array;
  /** Of the signals. */
  spreads: readonly number[];
}

/** What the visitor's own events say of an item; the others are known of it whoever asks. */
const OF_THE_VISITOR: readonly Signal[] = [
  'similarity',
  'companions',
  'recentCompanions',
  'words',
  'price',
];

/**
 * @param lists - of TAUGHT; not modified.
 * @param keeps - what to learn: a signal's weight, or its weight under a condition.
 */
export function learnWeights(
  lists: readonly ChoiceList[],
  keeps: (signal: Signal, condition: Condition | null) => boolean = () => true,
): Weights {
  return learnSignals(lists, TAUGHT.length, (place) => {
    const block = Math.floor(place / TAUGHT.length);
    return !keeps(TAUGHT[place % TAUGHT.length], block === 0 ? null : CONDITIONS[block - 1]);
  });
}

/** @param count - signals of the lists. @param isHeld - as in `fitSoftmax`. */
export function learnSignals(
  lists: readonly ChoiceList[],
  count: number,
  isHeld: (place: number) => boolean = () => false,
): Weights {
  // Learning divides by the spreads in place.
  const copies = lists.map((list) => ({ ...list, values: list.values.slice() }));
  const { weights, spreads } = weighColumns(copies, count, { isHeld });
  return { weights: weights.map((weight, place) => weight / spreads[place % count]), spreads };
}

export function isOfTheItem(signal: Signal): boolean {
  return !OF_THE_VISITOR.includes(signal);
}
