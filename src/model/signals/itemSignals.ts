/**
 * @module
 * The signals that need no visitor: how many want an item, of late and at this time of the year.
 */
import type { ItemSignal } from '../blend.ts';
import type { Counts, ItemStatistics } from '../model.ts';
import { COMING, NOW, seasonAt } from './season.ts';

const DAY_MS = 86_400_000;

/** Days in which what is new stops being so. */
const NOVELTY_DAYS = 60;

/** By row, for each signal. */
export type ItemSignals = Readonly<Record<ItemSignal, Float64Array>>;

type SignalsAt = (nowMs: number) => ItemSignals;

/** One for all who ask: of a large catalogue they are megabytes. */
const made = new WeakMap<ItemStatistics, SignalsAt>();

/** @returns what the signals are at a time; made when first asked for, seasons anew each day. */
export function itemSignalsOf(statistics: ItemStatistics): SignalsAt {
  const known = made.get(statistics) ?? createItemSignals(statistics);
  made.set(statistics, known);
  return known;
}

function createItemSignals(statistics: ItemStatistics): SignalsAt {
  let lasting: ReturnType<typeof lastingSignals> | undefined;
  let day = NaN;
  let today: ItemSignals;
  return (nowMs) => {
    if (Math.floor(nowMs / DAY_MS) !== day) {
      day = Math.floor(nowMs / DAY_MS);
      const { nothing, ...others } = (lasting ??= lastingSignals(statistics));
      const { months } = statistics;
      today = {
        ...others,
        season: months ? seasonAt(months, nowMs, NOW) : nothing,
        comingSeason: months ? seasonAt(months, nowMs, COMING) : nothing,
      };
    }
    return today;
  };
}

function lastingSignals({ popularity, trending, recent10, recent30, ageDays }: ItemStatistics) {
  const nothing = new Float64Array(popularity.length);
  const logarithms = (counts: Counts | null): Float64Array =>
    counts ? Float64Array.from(counts, Math.log1p) : nothing;
  return {
    nothing,
    popularity: logarithms(popularity),
    trending: logarithms(trending),
    recent30: logarithms(recent30),
    recent10: logarithms(recent10),
    novelty: ageDays ? Float64Array.from(ageDays, (age) => Math.exp(-age / NOVELTY_DAYS)) : nothing,
  };
}
