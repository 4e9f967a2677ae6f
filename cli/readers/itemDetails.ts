/**
 * @module
 * What interactions say of their items beside who chose them: a title, a price.
 */
import { MostFrequent } from './mostFrequent.ts';
import { readNumber } from './readNumber.ts';
import { readText } from './values.ts';

/** An item's price is the median of this many of its latest. */
const LATEST_PRICES = 15;

interface PricedAt {
  timestampMs: number;
  price: number;
}

/** Collects by item index, row after row. */
export class ItemDetails {
  readonly #titles = new MostFrequent();
  readonly #prices: PricedAt[][] = [];

  add(item: number, timestampMs: number, title: unknown, price: unknown): void {
    this.#titles.add(item, readText(title).replace(/\s+/g, ' '));
    const number = readNumber(price);
    if (number > 0) this.#keepLatest(item, { timestampMs, price: number });
  }

  /** The most frequent non-empty title; of two as frequent, the first seen. */
  title(item: number): string | null {
    return this.#titles.of(item);
  }

  /** The median of the latest prices, to the cent; of an even number, the lower middle one. */
  price(item: number): number | null {
    const prices = (this.#prices[item] ?? []).map((entry) => entry.price).sort((a, b) => a - b);
    return prices.length > 0 ? Math.round(prices[(prices.length - 1) >> 1] * 100) / 100 : null;
  }

  #keepLatest(item: number, entry: PricedAt): void {
    const prices = (this.#prices[item] ??= []);
    let place = prices.length;
    // Rows mostly come in order of time, so that this looks at one or two entries.
    while (place > 0 && prices[place - 1].timestampMs > entry.timestampMs) place--;
    prices.splice(place, 0, entry);
    if (prices.length > LATEST_PRICES) prices.shift();
  }
}
