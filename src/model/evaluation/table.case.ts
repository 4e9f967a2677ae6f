/**
 * @module
 * Small hand-written logs for the tests: `user item day` a line, `day` from 1 January 2020 UTC, with
 * a fraction for the time of day.
 */
import type { Interactions } from '../interactions.ts';

export const DAY_MS = 86_400_000;
export const START_MS = Date.UTC(2020, 0, 1);

/** The middle of day `day`, unless it has a fraction of its own. */
export function dayMs(day: number): number {
  return START_MS + (Number.isInteger(day) ? day + 0.5 : day) * DAY_MS;
}

export function tableOf(log: string): Interactions {
  const lines = log
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const index = (column: number) => {
    const ids = [...new Set(lines.map((line) => line[column]))];
    return { ids, of: Int32Array.from(lines, (line) => ids.indexOf(line[column])) };
  };
  const users = index(0);
  const items = index(1);
  return {
    userIds: users.ids,
    itemIds: items.ids,
    users: users.of,
    items: items.of,
    weights: new Float32Array(lines.length).fill(1),
    timestamps: Float64Array.from(lines, (line) => dayMs(Number(line[2]))),
  };
}
