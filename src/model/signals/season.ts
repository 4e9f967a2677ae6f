/**
 * @module
 * What time of year an item is for: how much more it sells around a date than on a yearly average,
 * from its sales by calendar month, as a logarithm. 0: no more than ever, or nothing is known.
 */
import type { Counts } from '../model.ts';

const DAY_MS = 86_400_000;
const MONTHS = 12;

/** Users a month; keeps an item that sold once, in May, from being a thing of May. */
const SEASON_PRIOR = 1;

/** A hundredfold; whatever rates a model names, scores stay finite. */
const LARGEST = Math.log(100);

/** A stretch of time around now, days. */
export interface Ahead {
  from: number;
  to: number;
}

/** Now, give or take two weeks; and what comes after it. */
export const NOW: Ahead = { from: -15, to: 15 };
export const COMING: Ahead = { from: 10, to: 50 };

/** @param months - rates by calendar month, January first, then by row. */
export function seasonAt(
  months: readonly Counts[],
  nowMs: number,
  { from, to }: Ahead,
): (row: number) => number {
  const shares = monthShares(nowMs, from, to);
  return (row) => {
    let rate = 0;
    let mean = 0;
    for (let month = 0; month < MONTHS; month++) {
      rate += shares[month] * months[month][row];
      mean += months[month][row] / MONTHS;
    }
    return Math.min(Math.log(rate + SEASON_PRIOR) - Math.log(mean + SEASON_PRIOR), LARGEST);
  };
}

/** How much of the stretch lies in each month; between two middles of months, some of both. */
function monthShares(nowMs: number, from: number, to: number): Float64Array {
  const shares = new Float64Array(MONTHS);
  const days = to - from;
  for (let day = from; day < to; day++) {
    const date = new Date(nowMs + day * DAY_MS);
    shares[date.getUTCMonth()] += 1 / days;
  }
  return shares;
}
