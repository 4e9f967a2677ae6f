/**
 * @module
 * Weights of a blend as `sotto train` learns them, for lists as they were collected.
 */
import type { Signal } from '../../../src/model/blend.ts';
import type { ChoiceList } from '../../../src/model/training/blend/fitSoftmax.ts';
import { TAUGHT, weigh } from '../../../src/model/training/blend/learnBlend.ts';

export interface Weights {
  /** By column of a list: every signal, then every signal's second weight. */
  weights: Float64Array;
  /** Of the columns. */
  spreads: Float64Array;
}

/** What the visitor's own events say of an item; the others are known of it whoever asks. */
const OF_THE_VISITOR: readonly Signal[] = [
  'similarity',
  'companions',
  'recentCompanions',
  'words',
  'price',
];

/** @param keeps - columns to learn from: a signal, or (`isNew`) its second weight. */
export function learnWeights(
  lists: readonly ChoiceList[],
  keeps: (signal: Signal, isNew: boolean) => boolean = () => true,
): Weights {
  const own = TAUGHT.length;
  const kept = [
    ...TAUGHT.map((one) => keeps(one, false)),
    ...TAUGHT.map((one) => keeps(one, true)),
  ];
  // Learning divides by the spreads in place.
  const copies = lists.map((list) => ({
    ...list,
    values: list.values.map((value, at) => (kept[at % (2 * own)] ? value : 0)),
  }));
  const { signals } = weigh(copies);
  const columns = [
    ...signals.map(({ weight, spread }) => ({ weight, spread })),
    ...signals.map(({ whenNew, spread }) => ({ weight: whenNew, spread })),
  ];
  return {
    weights: Float64Array.from(columns, ({ weight, spread }) => weight / spread),
    spreads: Float64Array.from(columns, ({ spread }) => spread),
  };
}

export function isOfTheItem(signal: Signal): boolean {
  return !OF_THE_VISITOR.includes(signal);
}
