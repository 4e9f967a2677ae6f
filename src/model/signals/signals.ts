/**
 * @module
 * Every signal of a candidate, by name: what the blend weighs and what training learns the weights
 * on. One function, so that both see the same numbers.
 */
import { type Signal } from '../blend.ts';
import type { Model } from '../model.ts';
import { compress } from './compress.ts';
import type { ItemSignals } from './itemSignals.ts';
import { priceDistance } from './priceTaste.ts';
import type { VisitorSignals } from './visitorSignals.ts';
import { dotWords } from './words.ts';

/** Where the logarithm of each personal signal begins to bend: about its median over lists. */
export const SIGNAL_UNITS = {
  similarity: 0.02,
  companions: 0.02,
  recentCompanions: 0.02,
  words: 0.05,
} as const;

export interface SignalSource {
  catalogue: Model['catalogue'];
  items: ItemSignals;
  visitor: VisitorSignals;
}

/** @returns a function of a row and the embedding's inner product with it. */
export function signalReader(
  signal: Signal,
  { catalogue, items, visitor }: SignalSource,
): (row: number, similarity: number) => number {
  const { companions, words, price, shown } = visitor;
  switch (signal) {
    case 'similarity':
      return (_, similarity) => compress(similarity, SIGNAL_UNITS.similarity);
    case 'companions':
      return (row) => compress(companions?.all[row] ?? 0, SIGNAL_UNITS.companions);
    case 'recentCompanions':
      return (row) => compress(companions?.recent[row] ?? 0, SIGNAL_UNITS.recentCompanions);
    case 'words':
      return words
        ? (row) => compress(dotWords(words.index, row, words.mean), SIGNAL_UNITS.words)
        : () => 0;
    case 'price': {
      const prices = catalogue['price'] as readonly unknown[] | undefined;
      return price && prices ? (row) => -priceDistance(price, prices[row]) : () => 0;
    }
    case 'fatigue':
      return (row) => -Math.log1p(shown.get(row) ?? 0);
    default:
      return items[signal];
  }
}
