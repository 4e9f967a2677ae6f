/**
 * @module
 * Replay: what a visitor lives through. A model trained on other people's past meets visitors it
 * has never seen, and is asked before each of their days what that day will bring.
 *
 * A held-out user's events are grouped by UTC day. Each group that begins in the tested period,
 * with at least one known item before it, is a case: `nowMs` is its first event, its targets are
 * the group's items that are known and were not in any earlier group. Groups without a target are
 * left out: nobody could be right there.
 */
import { requireNumber, SottoError } from '../../errors.ts';
import type { Interactions } from '../interactions.ts';
import { holdOut } from './heldOut.ts';
import type { Case, Fold, SeenEvent } from './types.ts';

const DAY_MS = 86_400_000;

/** The tested period: groups begin at or after `fromMs`, which also ends training, and before `toMs`. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The time below which the share `until` of all events lies, as T.
 *
 * - `test`: from T on.
 * - `validation`: ends at T, and begins where the share `until` of the events before T ends. It
 *   stands to the data before T as the test stands to all, and never sees a test group.
 *
 * @throws {SottoError} `column-missing` when the table has no time.
 */
export function periodOf(
  interactions: Interactions,
  until: number,
  kind: 'test' | 'validation',
): Period {
  requireNumber('until', until, 0.01, 0.99);
  if (!interactions.timestamps) {
    throw new SottoError('column-missing', 'the replay protocol needs a time column');
  }
  const sorted = interactions.timestamps.slice().sort();
  const at = (share: number) => sorted[Math.floor(share * sorted.length)];
  return kind === 'test'
    ? { fromMs: at(until), toMs: Infinity }
    : { fromMs: at(until * until), toMs: at(until) };
}

/** @param folds - the fold of each user, as `assignFolds` gives it. */
export function replayFold(
  interactions: Interactions,
  folds: Int32Array,
  fold: number,
  period: Period,
): Fold {
  const { training, events, users } = holdOut(interactions, folds, fold, period.fromMs);
  const cases: Case[] = [];
  for (const [user, ofUser] of events) cases.push(...casesOf(user, ofUser, period));
  return { training, cutMs: period.fromMs, heldOutUsers: users, cases };
}

/** The cases of one user, oldest first. @param events - oldest first. */
export function* casesOf(
  user: number,
  events: readonly SeenEvent[],
  period: Period,
): Generator<Case> {
  const seen = new Set<number>();
  let start = 0;
  while (start < events.length) {
    const nowMs = events[start].timestamp;
    const day = Math.floor(nowMs / DAY_MS);
    let end = start;
    const group = new Set<number>();
    while (end < events.length && Math.floor(events[end].timestamp / DAY_MS) === day) {
      group.add(events[end++].item);
    }
    const targets = Int32Array.from(group)
      .filter((item) => !seen.has(item))
      .sort();
    if (start > 0 && nowMs >= period.fromMs && nowMs < period.toMs && targets.length > 0) {
      yield { user, nowMs, history: events.slice(0, start), targets };
    }
    for (const item of group) seen.add(item);
    start = end;
  }
}
