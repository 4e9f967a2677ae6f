/**
 * @module
 * What time has to say of an item: how many wanted it in the last days, how old it is, and how many
 * want it in each month of the year.
 */
import type { StatisticsColumns } from '../artifact/manifest.ts';
import { MONTH_NAMES } from '../artifact/decodeStatistics.ts';
import type { Interactions } from '../interactions.ts';
import { countUsers, rowsByUser } from './statistics.ts';

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
  const months = monthlyRates(interactions, timestamps, oldest, newest);
  return {
    recent10: countUsers(interactions, newest - 10 * DAY_MS),
    recent30: countUsers(interactions, newest - 30 * DAY_MS),
    ageDays,
    ...Object.fromEntries(months.map((rates, month) => [MONTH_NAMES[month], rates])),
  };
}

/** Users a month by calendar month, then by item; rounded to two digits, as they are estimates. */
function monthlyRates(
  interactions: Interactions,
  timestamps: Float64Array,
  oldestMs: number,
  newestMs: number,
): number[][] {
  const items = interactions.itemIds.length;
  const counts = countByMonth(interactions, timestamps);
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
  return rates.map((ofMonth) =>
    Array.from(ofMonth, (rate, item) =>
      Number((Number.isNaN(rate) ? means[item] : rate).toPrecision(2)),
    ),
  );
}

/** Distinct users of each month of history, added up by month of the year. */
function countByMonth(interactions: Interactions, timestamps: Float64Array): Float64Array[] {
  const { userIds, itemIds, users, items, weights } = interactions;
  const counts = Array.from({ length: MONTHS }, () => new Float64Array(itemIds.length));
  const monthOf = (row: number): number => {
    const date = new Date(timestamps[row]);
    return date.getUTCFullYear() * MONTHS + date.getUTCMonth();
  };
  const byMonth = new Map<number, number[]>();
  for (const row of rowsByUser(interactions)) {
    if (!(weights[row] > 0)) continue;
    const month = monthOf(row);
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
