/**
 * @module
 * Signals on one scale, so that one ridge is fair to all of them and weights can be compared.
 */
import type { ChoiceList } from './fitSoftmax.ts';

/** Less is a signal that never differs. */
const LEAST_SPREAD = 1e-6;

/** Standard deviation of each signal over all rows of all lists; 1 where it does not differ. */
export function spreadsOf(lists: readonly ChoiceList[], signals: number): number[] {
  const sums = new Float64Array(signals);
  const squares = new Float64Array(signals);
  let rows = 0;
  for (const { values } of lists) {
    rows += values.length / signals;
    for (let at = 0; at < values.length; at += signals) {
      for (let f = 0; f < signals; f++) {
        sums[f] += values[at + f];
        squares[f] += values[at + f] ** 2;
      }
    }
  }
  return Array.from(sums, (sum, f) => {
    const mean = sum / Math.max(rows, 1);
    const spread = Math.sqrt(Math.max(squares[f] / Math.max(rows, 1) - mean * mean, 0));
    return spread > LEAST_SPREAD ? spread : 1;
  });
}

/** Divides each signal by its spread, in place. @param spreads - one a signal. */
export function divideColumns(lists: readonly ChoiceList[], spreads: readonly number[]): void {
  const size = spreads.length;
  for (const { values } of lists) {
    for (let at = 0; at < values.length; at++) values[at] /= spreads[at % size];
  }
}
