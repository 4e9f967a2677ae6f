/**
 * @module
 * The words of titles and categories, as vectors of length 1 whose rare words count most (tf-idf):
 * how alike two items are to somebody who reads what they are called.
 */
import type { Catalogue } from '../model.ts';
import { atOnce, STEP_ROWS, type Steps } from '../steps.ts';

export interface WordIndex {
  /** Distinct words. */
  readonly size: number;
  /** Row r has entries `starts[r]` up to `starts[r + 1]`. */
  readonly starts: Uint32Array;
  readonly words: Int32Array;
  readonly weights: Float32Array;
}

/** The weighted mean vector of a visitor's items. */
export interface WordTaste {
  readonly index: WordIndex;
  /** Length `index.size`. */
  readonly mean: Float64Array;
}

/** Letters and digits of any script; shorter ones are sizes and articles. */
const WORD = /[\p{L}\p{N}]{3,}/gu;

/** @returns null where the catalogue has neither titles nor categories. O(catalogue). */
export function* indexWords(catalogue: Catalogue, rows: number): Steps<WordIndex | null> {
  const { title, categories } = catalogue as Record<string, readonly unknown[] | undefined>;
  if (!title && !categories) return null;
  const wordOf = new Map<string, number>();
  const starts = new Uint32Array(rows + 1);
  const words: number[] = [];
  /** Items by word. */
  const counts: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const text of wordsOf(title?.[row], categories?.[row])) {
      let word = wordOf.get(text);
      if (word === undefined) {
        wordOf.set(text, (word = wordOf.size));
        counts.push(0);
      }
      counts[word]++;
      words.push(word);
    }
    starts[row + 1] = words.length;
    if (row % STEP_ROWS === 0) yield;
  }
  // A word of one item alone joins nothing.
  const rarity = counts.map((count) => (count > 1 ? Math.log((rows + 1) / (count + 1)) : 0));
  yield;
  const held = new Int32Array(words.length);
  const weights = new Float32Array(words.length);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      held[at] = words[at];
      weights[at] = rarity[words[at]];
      squares += weights[at] * weights[at];
    }
    const length = Math.sqrt(squares);
    if (length > 0) for (let at = starts[row]; at < starts[row + 1]; at++) weights[at] /= length;
    if (row % STEP_ROWS === 0) yield;
  }
  return { size: wordOf.size, starts, words: held, weights };
}

/** All at once. */
export function createWordIndex(catalogue: Catalogue, rows: number): WordIndex | null {
  return atOnce(indexWords(catalogue, rows));
}

function wordsOf(title: unknown, categories: unknown): Set<string> {
  const found = new Set<string>();
  if (typeof title === 'string') {
    for (const [word] of title.toLowerCase().matchAll(WORD)) found.add(word);
  }
  if (Array.isArray(categories)) {
    // Not to be mistaken for a word of a title.
    for (const category of categories as unknown[]) {
      if (typeof category === 'string') found.add(`#${category}`);
    }
  }
  return found;
}

/** Adds `factor` times a row's vector to a dense one of length `size`. */
export function addWords(index: WordIndex, row: number, factor: number, to: Float64Array): void {
  for (let at = index.starts[row]; at < index.starts[row + 1]; at++) {
    to[index.words[at]] += factor * index.weights[at];
  }
}

/** A row's inner product with a dense vector of words. */
export function dotWords(index: WordIndex, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let at = index.starts[row]; at < index.starts[row + 1]; at++) {
    sum += index.weights[at] * vector[index.words[at]];
  }
  return sum;
}
