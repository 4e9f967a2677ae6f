/**
 * @module
 * What a visitor pays: how far an item's price is from the prices of what they chose, in the measure
 * of how much those differ. On a logarithmic scale: 10 to 20 is as far as 1 to 2.
 */
import type { Interest } from './interests.ts';

export interface PriceTaste {
  /** Weighted mean of the logarithms. */
  readonly mean: number;
  readonly deviation: number;
}

/** Variance that prices have of themselves: a single purchase does not fix the visitor's purse. */
const OWN_VARIANCE = 0.25;

/** Of an item without a price: about as far off as the average one. */
const UNKNOWN_DISTANCE = 0.8;

/** @returns null where no interest has a price above 0. */
export function priceTasteOf(
  prices: readonly unknown[] | undefined,
  interests: readonly Interest[],
): PriceTaste | null {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const { row, weight } of interests) {
    const price = prices?.[row];
    if (!(weight > 0) || typeof price !== 'number' || !(price > 0)) continue;
    const logarithm = Math.log(price);
    total += weight;
    sum += weight * logarithm;
    squares += weight * logarithm * logarithm;
  }
  if (total === 0) return null;
  const mean = sum / total;
  const variance = Math.max(squares / total - mean * mean, 0);
  return { mean, deviation: Math.sqrt(variance + OWN_VARIANCE) };
}

/** In deviations, at least 0. */
export function priceDistance({ mean, deviation }: PriceTaste, price: unknown): number {
  if (typeof price !== 'number' || !(price > 0)) return UNKNOWN_DISTANCE;
  return Math.abs(Math.log(price) - mean) / deviation;
}
