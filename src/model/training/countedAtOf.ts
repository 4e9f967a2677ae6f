/**
 * @module
 * countedAtOf: when the statistics of a table are from.
 */
import type { Interactions } from '../interactions.ts';

/** @returns the newest event's time, ISO 8601; nothing where there are no events or no times. */
export function countedAtOf({ timestamps }: Interactions): { countedAt?: string } {
  if (!timestamps?.length) return {};
  const newestMs = timestamps.reduce((newest, timestamp) => Math.max(newest, timestamp), -Infinity);
  return { countedAt: new Date(newestMs).toISOString() };
}
