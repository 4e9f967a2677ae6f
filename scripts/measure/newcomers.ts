/**
 * @module
 * Users who first appear after a moment, and what their first day brought.
 */
import type { SeenEvent } from '../../src/model/evaluation/types.ts';
import { DAY_MS } from './options.ts';

export interface Newcomer {
  user: number;
  /** Of the first event. */
  nowMs: number;
  /** Items of the first day, ascending, each once. */
  targets: Int32Array;
}

/** @param events - by user, in order of time. */
export function newcomersOf(
  events: Iterable<readonly [user: number, events: readonly SeenEvent[]]>,
  fromMs: number,
): Newcomer[] {
  return [...events].flatMap(([user, ofUser]) => {
    const [{ timestamp: nowMs }] = ofUser;
    if (nowMs < fromMs) return [];
    const dayOf = ({ timestamp }: SeenEvent): number => Math.floor(timestamp / DAY_MS);
    const first = ofUser.filter((event) => dayOf(event) === dayOf(ofUser[0]));
    const targets = Int32Array.from(new Set(first.map(({ item }) => item))).sort();
    return [{ user, nowMs, targets }];
  });
}
