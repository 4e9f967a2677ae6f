/**
 * @module
 * Replay: what a visitor lives through. A model trained on other people's past meets visitors it
 * has never seen, and is asked before each of their days what that day will bring.
 *
 * A held-out user's events are grouped by UTC day. Each group that begins in the tested period,
 * with at least one known item before it, is a case: `nowMs` is its first event, its targets are
 * the group's items that are known and were not in any earlier group. Groups without a target are
 * left out: nobody could be right there.
 *
 * Within a visit: the same days, asked once the first item of the day is known, also of visitors of
 * whom nothing was known before. Targets are the others of that day.
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

/**
 * @param folds - the fold of each user, as `assignFolds` gives it.
 * @param opening - as in `casesOf`.
 */
export function replayFold(
  interactions: Interactions,
  folds: Int32Array,
  fold: number,
  period: Period,
  opening = 0,
): Fold {
  const { training, events, users } = holdOut(interactions, folds, fold, period.fromMs);
  const cases: Case[] = [];
  for (const [user, ofUser] of events) cases.push(...casesOf(user, ofUser, period, opening));
  return { training, cutMs: period.fromMs, heldOutUsers: users, cases };
}

/**
 * The cases of one user, oldest first.
 *
 * @param events - oldest first.
 * @param opening - how many of a day's items are known when the list is made; 0: it has not begun.
 */
export function* casesOf(
  user: number,
  events: readonly SeenEvent[],
  period: Period,
  opening = 0,
): Generator<Case> {
  const seen = new Set<number>();
  let start = 0;
  while (start < events.length) {
    const beginsMs = events[start].timestamp;
    const day = Math.floor(beginsMs / DAY_MS);
    /** The first event of each of its items. */
    const group = new Map<number, SeenEvent>();
    let end = start;
    while (end < events.length && Math.floor(events[end].timestamp / DAY_MS) === day) {
      const event = events[end++];
      if (!group.has(event.item)) group.set(event.item, event);
    }
    const known = [...group.values()].slice(0, opening);
    const history = [...events.slice(0, start), ...known];
    const met = new Set(known.map(({ item }) => item));
    const targets = Int32Array.from(group.keys())
      .filter((item) => !seen.has(item) && !met.has(item))
      .sort();
    const isAsked = history.length > 0 && beginsMs >= period.fromMs && beginsMs < period.toMs;
    if (isAsked && targets.length > 0) {
      yield { user, nowMs: known.at(-1)?.timestamp ?? beginsMs, history, targets };
    }
    for (const item of group.keys()) seen.add(item);
    start = end;
  }
}
