/**
 * @module
 * What time has to say of an item: how many wanted it in the last days, how old it is, and how many
 * want it in each month of the year.
 */
import type { StatisticsColumns } from '../artifact/manifest.ts';
import { MONTH_NAMES } from '../artifact/decodeStatistics.ts';
import type { Interactions } from '../interactions.ts';
import { countUsers, rowsByUser } from './statistics.ts';

type MonthName = (typeof MONTH_NAMES)[number];

const DAY_MS = 86_400_000;
const MONTHS = 12;
/** Length of a rate's month, days. */
const MONTH_DAYS = 30.4;
/** A month of which fewer days are covered says nothing. */
const MINIMUM_DAYS = 5;

/** @returns nothing without times. */
export function timedStatistics(
  interactions: Interactions,
): Omit<StatisticsColumns, 'popularity' | 'trending'> {
  const { timestamps, items, weights, itemIds } = interactions;
  if (!timestamps) return {};
  let [oldest, newest] = [Infinity, -Infinity];
  const firstMs = new Float64Array(itemIds.length).fill(Infinity);
  for (let row = 0; row < items.length; row++) {
    const time = timestamps[row];
    oldest = Math.min(oldest, time);
    newest = Math.max(newest, time);
    if (weights[row] > 0) firstMs[items[row]] = Math.min(firstMs[items[row]], time);
  }
  const ageDays = Array.from(firstMs, (first) =>
    Number.isFinite(first) ? Math.round((newest - first) / DAY_MS) : 0,
  );
  return {
    recent10: countUsers(interactions, newest - 10 * DAY_MS),
    recent30: countUsers(interactions, newest - 30 * DAY_MS),
    ageDays,
    ...monthlyRates(countByMonth(interactions, timestamps), oldest, newest),
  };
}

/**
 * Users a month by item, rounded to two digits, as they are estimates.
 *
 * @param counts - by month of the year, then by item: distinct users of each such month of history,
 * added up.
 */
export function monthlyRates(
  counts: readonly Float64Array[],
  oldestMs: number,
  newestMs: number,
): Record<MonthName, number[]> {
  const items = counts[0].length;
  const covered = coveredDays(oldestMs, newestMs);
  const known = covered.filter((days) => days >= MINIMUM_DAYS).length;
  const means = new Float64Array(items);
  const rates = counts.map((ofMonth, month) =>
    ofMonth.map((count, item) => {
      if (covered[month] < MINIMUM_DAYS) return NaN;
      const rate = (count / covered[month]) * MONTH_DAYS;
      means[item] += rate / known;
      return rate;
    }),
  );
  // A month that was never seen is taken to be like the rest: no season is read out of it.
  const named = rates.map((ofMonth, month): [MonthName, number[]] => [
    MONTH_NAMES[month],
    Array.from(ofMonth, (rate, item) =>
      Number((Number.isNaN(rate) ? means[item] : rate).toPrecision(2)),
    ),
  ]);
  return Object.fromEntries(named);
}

export interface MonthCounts {
  /** By month of the year, then by item. */
  counts: readonly Float64Array[];
  /** An event in favour; those of a pair in order of time. */
  add: (timestamp: number, item: number, pair: number) => void;
}

/** Distinct users of each month of history, added up by month of the year, event by event. */
export function createMonthCounts(items: number, pairs: number): MonthCounts {
  const counts = Array.from({ length: MONTHS }, () => new Float64Array(items));
  /** By pair of user and item: the month of history that it was last counted in. */
  const counted = new Int32Array(pairs).fill(-1);
  return {
    counts,
    add(timestamp, item, pair) {
      const month = monthOfHistory(timestamp);
      if (counted[pair] === month) return;
      counted[pair] = month;
      counts[month % MONTHS][item]++;
    },
  };
}

function monthOfHistory(timestamp: number): number {
  const date = new Date(timestamp);
  return date.getUTCFullYear() * MONTHS + date.getUTCMonth();
}

/** Distinct users of each month of history, added up by month of the year. */
function countByMonth(interactions: Interactions, timestamps: Float64Array): Float64Array[] {
  const { userIds, itemIds, users, items, weights } = interactions;
  const counts = Array.from({ length: MONTHS }, () => new Float64Array(itemIds.length));
  const byMonth = new Map<number, number[]>();
  for (const row of rowsByUser(interactions)) {
    if (!(weights[row] > 0)) continue;
    const month = monthOfHistory(timestamps[row]);
    const rows = byMonth.get(month);
    if (rows) rows.push(row);
    else byMonth.set(month, [row]);
  }
  // Within a month rows are in the order of their users: one mark an item finds the distinct ones.
  const last = new Float64Array(itemIds.length).fill(-1);
  for (const [month, rows] of byMonth) {
    for (const row of rows) {
      const mark = month * userIds.length + users[row];
      if (last[items[row]] === mark) continue;
      last[items[row]] = mark;
      counts[month % MONTHS][items[row]]++;
    }
  }
  return counts;
}

/** Days of history by month of the year, whole months but for the first and the last. */
function coveredDays(oldestMs: number, newestMs: number): Float64Array {
  const covered = new Float64Array(MONTHS);
  let start = oldestMs;
  while (start <= newestMs) {
    const date = new Date(start);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    covered[date.getUTCMonth()] += (Math.min(next, newestMs) - start) / DAY_MS;
    start = next;
  }
  return covered;
}
