/**
 * @module
 * Log → preferences → embedding: counts what is new, exactly once, and learns from all of it.
 */
import { actionWeight, type FeedbackEvent } from '../events.ts';
import type { RowIndex } from '../model/artifact/rowIndex.ts';
import { createReducer, describeRules, type PreferenceRules } from '../model/preferences.ts';
import type { LearnReport } from './api.ts';
import type { Opened } from './opened.ts';

/** Between two looks at whether events have to leave the log, when nothing happens. */
export const RETIREMENT_MS = 3_600_000;

/** Counts what is new in the log, exactly once, and learns from all of it. */
export async function learn(state: Opened): Promise<LearnReport> {
  const started = performance.now();
  const { store, rules, engine } = state;
  const { entries, records, reloaded } = await store.advance(
    describeRules(rules),
    createReducer(rules),
  );
  const replayed = performance.now();
  const changed = reloaded || entries.some(({ event }) => matters(event, rules));
  state.records = records;
  if (changed) {
    state.visitor = await engine.learn(records.values(), Date.now());
    state.refinement = null;
  }
  const learned = performance.now();
  const timings = {
    replay: replayed - started,
    learn: learned - replayed,
    total: learned - started,
  };
  if (changed) state.lastTimings = timings;
  // The bounds hold while a page stays open, and not only when one is opened.
  if (entries.length > 0 || Date.now() - state.retiredMs >= RETIREMENT_MS) await retire(state);
  return {
    events: entries.length,
    changed,
    unknownItemIds: unknownIds(entries, engine.model.rowOf),
    timings,
  };
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

function unknownIds(entries: readonly { event: FeedbackEvent }[], rowOf: RowIndex): string[] {
  const ids = new Set(entries.map(({ event }) => event.itemId));
  return [...ids].filter((itemId) => !rowOf.has(itemId));
}
