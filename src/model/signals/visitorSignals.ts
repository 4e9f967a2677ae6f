/**
 * @module
 * All that the ranker's signals need to know of a visitor, made once when something was learned.
 */
import type { Model } from '../model.ts';
import { companionsOf, type Companions } from './companions.ts';
import type { Interest } from './interests.ts';
import { priceTasteOf, type PriceTaste } from './priceTaste.ts';
import { addWords, type WordIndex, type WordTaste } from './words.ts';

export interface VisitorSignals {
  readonly interests: readonly Interest[];
  /** Σ of the interests' magnitudes. */
  readonly told: number;
  /** null: the model has no neighbours. */
  readonly companions: Companions | null;
  /** The interests' words; null: the catalogue has none, or there are no interests. */
  readonly words: WordTaste | null;
  readonly price: PriceTaste | null;
  /** By row: how often it was shown and left alone, decayed to now. */
  readonly shown: ReadonlyMap<number, number>;
}

export const NOBODY: VisitorSignals = {
  interests: [],
  told: 0,
  companions: null,
  words: null,
  price: null,
  shown: new Map(),
};

export function visitorSignals(
  { neighbours, catalogue }: Pick<Model, 'neighbours' | 'catalogue'>,
  wordIndex: WordIndex | null,
  interests: readonly Interest[],
  shown: ReadonlyMap<number, number>,
): VisitorSignals {
  const told = interests.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  let words: WordTaste | null = null;
  if (wordIndex && told > 0) {
    const mean = new Float64Array(wordIndex.size);
    for (const { row, weight } of interests) addWords(wordIndex, row, weight / told, mean);
    words = { index: wordIndex, mean };
  }
  return {
    interests,
    told,
    companions: neighbours && companionsOf(neighbours, interests),
    words,
    price: priceTasteOf(catalogue['price'], interests),
    shown,
  };
}
