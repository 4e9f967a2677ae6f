/**
 * @module
 * The signals that need no visitor: how many want an item, of late and at this time of the year.
 * Worked out for the few hundred rows that a list looks at: kept for all, they would be 56 bytes an
 * item.
 */
import type { ItemSignal } from '../blend.ts';
import type { Counts, ItemStatistics } from '../model.ts';
import { COMING, NOW, seasonAt } from './season.ts';

const DAY_MS = 86_400_000;

/** Days in which what is new stops being so. */
const NOVELTY_DAYS = 60;

/** Of a row, for each signal; 0 where nothing is known. */
export type ItemSignals = Readonly<Record<ItemSignal, (row: number) => number>>;

/** @returns what the signals are at a time; seasons anew each day, and the same object all day. */
export function itemSignalsOf(statistics: ItemStatistics): (nowMs: number) => ItemSignals {
  const { popularity, trending, recent10, recent30, ageDays, months } = statistics;
  const nothing = (): number => 0;
  const logarithm = (counts: Counts | null) =>
    counts ? (row: number) => Math.log1p(counts[row]) : nothing;
  const lasting = {
    popularity: logarithm(popularity),
    trending: logarithm(trending),
    recent30: logarithm(recent30),
    recent10: logarithm(recent10),
    novelty: ageDays ? (row: number) => Math.exp(-ageDays[row] / NOVELTY_DAYS) : nothing,
  };
  let day = NaN;
  let today: ItemSignals;
  return (nowMs) => {
    if (Math.floor(nowMs / DAY_MS) !== day) {
      day = Math.floor(nowMs / DAY_MS);
      today = {
        ...lasting,
        season: months ? seasonAt(months, nowMs, NOW) : nothing,
        comingSeason: months ? seasonAt(months, nowMs, COMING) : nothing,
      };
    }
    return today;
  };
}
