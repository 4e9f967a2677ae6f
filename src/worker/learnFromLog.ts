/**
 * @module
 * Log → preferences → embedding: counts what is new, exactly once, and learns from all of it. What is
 * on its way into the log is learned ahead, in memory alone: a list must not wait for a disk. It
 * counts once the log has it.
 */
import { actionWeight, type FeedbackEvent } from '../events.ts';
import type { RowIndex } from '../model/artifact/rowIndex.ts';
import { createReducer, describeRules, type PreferenceRules } from '../model/preferences.ts';
import type { LearnReport } from './api.ts';
import type { Opened } from './state.ts';

/** Between two looks at whether events have to leave the log, when nothing happens. */
export const RETIREMENT_MS = 3_600_000;

/**
 * Counts what is new in the log, exactly once, and learns from all of it.
 * @param ahead - what is on its way into the log. Default: what was at the call before.
 */
export async function learn(
  state: Opened,
  ahead: readonly FeedbackEvent[] = state.ahead,
): Promise<LearnReport> {
  const startedMs = performance.now();
  const { entries, records, reloaded } = await state.store.advance(
    describeRules(state.rules),
    createReducer(state.rules),
  );
  const landed = entries.map(({ event }) => event);
  state.counted = records;
  if (landed.length > 0) state.newestIds = new Set(landed.map(({ id }) => id));
  const learned = await learnWith(state, landed, ahead, reloaded, startedMs);
  // The bounds hold while a page stays open, and not only when one is opened.
  if (landed.length > 0 || Date.now() - state.retiredMs >= RETIREMENT_MS) await retire(state);
  return { ...learned, ...describeNews(state, landed) };
}

/** Learns from what is on its way into the log, and from the log as it was last read. */
export async function anticipate(
  state: Opened,
  ahead: readonly FeedbackEvent[],
): Promise<LearnReport> {
  const learned = await learnWith(state, [], ahead, false, performance.now());
  return { ...learned, ...describeNews(state, ahead) };
}

/**
 * @param landed - counted in the log since the last call.
 * @param given - on its way there.
 * @param isAnew - anything else in the log may have changed too.
 */
async function learnWith(
  state: Opened,
  landed: readonly FeedbackEvent[],
  given: readonly FeedbackEvent[],
  isAnew: boolean,
  startedMs: number,
): Promise<Pick<LearnReport, 'changed' | 'timings'>> {
  const { rules, engine, counted, newestIds } = state;
  // A page hears a little late of what has landed, and may repeat an id.
  const coming = given.filter(({ id }) => !newestIds.has(id));
  const ahead = [...new Map(coming.map((event) => [event.id, event])).values()];
  const mattering = (events: readonly FeedbackEvent[]) =>
    events.filter((event) => matters(event, rules)).map(({ id }) => id);
  const known = new Set(mattering(state.ahead));
  const now = mattering([...landed, ...ahead]);
  const changed = isAnew || now.length !== known.size || now.some((id) => !known.has(id));
  state.ahead = ahead;
  state.records = withEvents(counted, ahead, rules);
  const replayedMs = performance.now();
  if (changed) {
    state.visitor = await engine.learn(state.records.values(), Date.now());
    state.refinement = null;
  }
  const learnedMs = performance.now();
  const timings = {
    replay: replayedMs - startedMs,
    learn: learnedMs - replayedMs,
    total: learnedMs - startedMs,
  };
  if (changed) state.lastTimings = timings;
  return { changed, timings };
}

function withEvents(
  counted: Opened['counted'],
  events: readonly FeedbackEvent[],
  rules: PreferenceRules,
): Opened['records'] {
  if (events.length === 0) return counted;
  const records = new Map(counted);
  createReducer(rules)(
    records,
    events.map((event) => ({ event })),
  );
  return records;
}

function describeNews({ engine }: Opened, events: readonly FeedbackEvent[]) {
  return { events: events.length, unknownItemIds: unknownIds(events, engine.model.rowOf) };
}

/** Lets events leave the log that are past retention; they stay counted. */
export async function retire(state: Opened): Promise<void> {
  const { retentionDays, retentionEvents } = state.request;
  const retention = { maxAgeDays: retentionDays, maxEvents: retentionEvents };
  state.retiredMs = Date.now();
  await state.store.retire(retention, state.retiredMs, createReducer(state.rules));
}

/** Whether a list can differ for it: a page must not draw its lists anew as they scroll by. */
function matters({ action }: FeedbackEvent, { actionWeights }: PreferenceRules): boolean {
  return action === 'hide' || actionWeight(actionWeights, action) !== 0;
}

function unknownIds(events: readonly FeedbackEvent[], rowOf: RowIndex): string[] {
  const ids = new Set(events.map(({ itemId }) => itemId));
  return [...ids].filter((itemId) => !rowOf.has(itemId));
}
