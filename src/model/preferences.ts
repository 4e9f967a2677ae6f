/**
 * @module
 * Preferences: what a log of events comes to, per item, as a decaying sum for and one against.
 *
 * A sum Σ wₑ·2^(−(t−tₑ)/h) is kept as its value at the time of its newest event, so that adding an
 * event is O(1), any order of arrival gives the same sum, and the decay to now is one factor.
 */
import type { RowIndex } from './artifact/rowIndex.ts';
import { actionWeight, type ActionWeights } from '../events.ts';
import type { DecayedWeight, FeedbackEvent, PreferenceRecord } from '../events.ts';
import type { WeightedPreference } from './learners/types.ts';
import { decay } from './decay.ts';
import { coefficients, type Objective } from './objective.ts';

export interface PreferenceRules {
  actionWeights: ActionWeights;
  /** Days until an event counts half; null: it keeps its weight. */
  halfLifeDays: number | null;
}

/**
 * The most that any number of events can make one item weigh, in units of action weight: as much as
 * one purchase. Repetition says when an interest is alive (the decay starts from the newest event)
 * more than how strong it is; docs/quality.md has the comparison.
 */
export const MAX_PREFERENCE_WEIGHT = 2;

/** Days until having seen an item tires half as much: a week of not being shown makes it fresh. */
const FATIGUE_HALF_LIFE_DAYS = 3;

/** Raise it when events come to count otherwise: preferences on devices are then made anew. */
const RULES_VERSION = 2;

/** Names the rules, so that preferences made by other rules can be told apart. */
export function describeRules(rules: PreferenceRules): string {
  const weights = Object.entries(rules.actionWeights).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return JSON.stringify([RULES_VERSION, rules.halfLifeDays, weights]);
}

/** Adds one event's weight to a decaying sum. Commutative and associative up to rounding. */
function addDecayed(
  sum: DecayedWeight | null,
  weight: number,
  timestamp: number,
  halfLifeDays: number | null,
): DecayedWeight {
  if (sum === null) return { weight, timestamp };
  const later = Math.max(sum.timestamp, timestamp);
  return {
    weight:
      sum.weight * decay(later - sum.timestamp, halfLifeDays) +
      weight * decay(later - timestamp, halfLifeDays),
    timestamp: later,
  };
}

export function emptyPreference(itemId: string): PreferenceRecord {
  return {
    itemId,
    positive: null,
    negative: null,
    events: 0,
    impressions: 0,
    lastTimestamp: 0,
    hidden: false,
    retired: null,
  };
}

/** Counts one event into its item's record. @returns the record to keep; `record` is not changed. */
export function countEvent(
  record: PreferenceRecord,
  event: FeedbackEvent,
  rules: PreferenceRules,
): PreferenceRecord {
  const next = { ...record, events: record.events + 1 };
  if (event.action === 'impression') {
    next.impressions += 1;
    next.shown = addDecayed(record.shown ?? null, 1, event.timestamp, FATIGUE_HALF_LIFE_DAYS);
  }
  if (event.action === 'hide') next.hidden = true;
  const weight = actionWeight(rules.actionWeights, event.action);
  // A time that is none would make the whole sum none, and every list after it.
  if (weight === 0 || !Number.isFinite(event.timestamp)) return next;
  next.lastTimestamp = Math.max(record.lastTimestamp, event.timestamp);
  if (weight > 0) {
    next.positive = addDecayed(record.positive, weight, event.timestamp, rules.halfLifeDays);
  } else {
    next.negative = addDecayed(record.negative, -weight, event.timestamp, rules.halfLifeDays);
  }
  return next;
}

/**
 * A function that counts log entries into records; it fits the store's `Reduce`. Synchronous, and
 * does not throw, as it runs inside a transaction.
 */
export function createReducer(rules: PreferenceRules) {
  return (
    records: Map<string, PreferenceRecord>,
    entries: readonly { event: FeedbackEvent }[],
  ): Set<string> => {
    const changed = new Set<string>();
    for (const { event } of entries) {
      const record = records.get(event.itemId) ?? emptyPreference(event.itemId);
      records.set(event.itemId, countEvent(record, event, rules));
      changed.add(event.itemId);
    }
    return changed;
  };
}

/** A record's weight for, minus against, decayed to now. */
export function netWeight(
  record: PreferenceRecord,
  halfLifeDays: number | null,
  nowMs: number,
): number {
  return (
    decayedTo(record.positive, halfLifeDays, nowMs) -
    decayedTo(record.negative, halfLifeDays, nowMs)
  );
}

/** How often it was shown, each time fading to now. */
export function shownWeight({ shown }: PreferenceRecord, nowMs: number): number {
  return shown ? shown.weight * decay(nowMs - shown.timestamp, FATIGUE_HALF_LIFE_DAYS) : 0;
}

function decayedTo(sum: DecayedWeight | null, halfLifeDays: number | null, nowMs: number): number {
  if (sum === null) return 0;
  return Math.min(sum.weight, MAX_PREFERENCE_WEIGHT) * decay(nowMs - sum.timestamp, halfLifeDays);
}

/** Below this an item counts as unobserved: its part would be lost in rounding anyway. */
const NEGLIGIBLE = 1e-9;

/**
 * Records as parts of the equation, decayed to now. Items the model does not know are left out.
 *
 * Decay multiplies a and b, not the weight they are made from: under every convention a weight of
 * zero still has a constant part, so decaying the weight would not return the item to unobserved.
 */
export function weightPreferences(
  records: Iterable<PreferenceRecord>,
  rowOf: RowIndex,
  objective: Objective,
  halfLifeDays: number | null,
  nowMs: number,
): WeightedPreference[] {
  const preferences: WeightedPreference[] = [];
  for (const { itemId, positive, negative } of records) {
    const row = rowOf.get(itemId);
    if (row === undefined) continue;
    for (const [sum, sign] of [
      [positive, 1],
      [negative, -1],
    ] as const) {
      if (sum === null) continue;
      const decayed = decay(nowMs - sum.timestamp, halfLifeDays);
      const weight = sign * Math.min(sum.weight, MAX_PREFERENCE_WEIGHT);
      const { a, b } = coefficients(objective, weight);
      if (decayed * Math.max(Math.abs(a), b) < NEGLIGIBLE) continue;
      preferences.push({
        row,
        a: decayed * a,
        b: decayed * b,
        positives: sign > 0 ? decayed : 0,
      });
    }
  }
  return preferences;
}
