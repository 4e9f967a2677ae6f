/**
 * @module
 * What lists are like beside being right: how much of the catalogue they reach, how unexpected
 * they are, and how unlike each other their items.
 */
import type { ItemAudience } from './itemAudience.ts';

export interface ListQuality {
  /** Share of the catalogue that stands in at least one list. */
  coverage: number;
  /** Mean self-information of a listed item, bits: −log₂(its users / all users). */
  novelty: number;
  /** Mean over lists of the mean of 1 − audience cosine over all pairs. */
  diversity: number;
}

export class ListQualityTally {
  readonly #audience: ItemAudience;
  readonly #listed: Uint8Array;
  #lists = 0;
  #entries = 0;
  #information = 0;
  #distance = 0;

  constructor(audience: ItemAudience) {
    this.#audience = audience;
    this.#listed = new Uint8Array(audience.items);
  }

  add(list: ArrayLike<number>): void {
    let distance = 0;
    for (let rank = 0; rank < list.length; rank++) {
      this.#listed[list[rank]] = 1;
      this.#information -= Math.log2(this.#audience.of(list[rank]).length / this.#audience.users);
      for (let other = 0; other < rank; other++) {
        distance += 1 - this.#audience.cosine(list[rank], list[other]);
      }
    }
    this.#entries += list.length;
    if (list.length < 2) return;
    this.#lists++;
    this.#distance += distance / ((list.length * (list.length - 1)) / 2);
  }

  /** All 0 when no list was added. */
  result(): ListQuality {
    let listed = 0;
    for (const flag of this.#listed) listed += flag;
    return {
      coverage: listed / Math.max(this.#audience.items, 1),
      novelty: this.#information / Math.max(this.#entries, 1),
      diversity: this.#distance / Math.max(this.#lists, 1),
    };
  }
}
