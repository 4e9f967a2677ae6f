/**
 * @module
 * The text that comes most often for each of many things: an item's title, a user's country.
 */

/** Collects by index, row after row. */
export class MostFrequent {
  readonly #counts: Map<string, number>[] = [];

  /** An empty text says nothing. */
  add(index: number, text: string): void {
    if (text === '') return;
    const counts = (this.#counts[index] ??= new Map<string, number>());
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }

  /** Of two as frequent, the first seen; null where none was. */
  of(index: number): string | null {
    let best: string | null = null;
    let most = 0;
    for (const [text, count] of this.#counts[index] ?? []) {
      if (count > most) [best, most] = [text, count];
    }
    return best;
  }
}
