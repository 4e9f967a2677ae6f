import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ACTION_WEIGHTS, type FeedbackEvent, type PreferenceRecord } from '../events.ts';
import {
  MAX_PREFERENCE_WEIGHT,
  createReducer,
  describeRules,
  netWeight,
  weightPreferences,
} from './preferences.ts';
import { decay } from './decay.ts';

const DAY_MS = 86_400_000;
const RULES = { actionWeights: DEFAULT_ACTION_WEIGHTS, halfLifeDays: 10 };
const OBJECTIVE = { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 } as const;

function event(action: string, timestamp: number, itemId = 'a'): FeedbackEvent {
  return { id: `${action}${timestamp}${itemId}`, itemId, action, timestamp, sessionId: 's' };
}

function reduced(events: FeedbackEvent[], rules = RULES): Map<string, PreferenceRecord> {
  const records = new Map<string, PreferenceRecord>();
  createReducer(rules)(
    records,
    events.map((one) => ({ event: one })),
  );
  return records;
}

function only(records: Map<string, PreferenceRecord>): PreferenceRecord {
  expect(records.size).toBe(1);
  return [...records.values()][0];
}

describe('decay', () => {
  it('halves every half-life', () => {
    expect(decay(0, 10)).toBe(1);
    expect(decay(10 * DAY_MS, 10)).toBe(0.5);
    expect(decay(30 * DAY_MS, 10)).toBe(0.125);
  });

  it('keeps its weight without a half-life, and for an event of the future', () => {
    expect(decay(1e15, null)).toBe(1);
    expect(decay(-5, 10)).toBe(1);
  });
});

describe('the reducer', () => {
  it('adds up decayed weights as of the newest event', () => {
    const { positive } = only(reduced([event('click', 0), event('purchase', 10 * DAY_MS)]));
    expect(positive).toEqual({ weight: 2.5, timestamp: 10 * DAY_MS });
  });

  it('gives the same sums in any order', () => {
    const actions = fc.constantFrom('click', 'purchase', 'view', 'dislike', 'impression', 'wish');
    const log = fc.array(fc.tuple(actions, fc.integer({ min: 0, max: 100 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(log, (entries) => {
        const events = entries.map(([action, day]) => event(action, day * DAY_MS));
        const forwards = only(reduced(events));
        const backwards = only(reduced(events.toReversed()));
        expect(netWeight(forwards, 10, 100 * DAY_MS)).toBeCloseTo(
          netWeight(backwards, 10, 100 * DAY_MS),
          10,
        );
        expect(forwards.lastTimestamp).toBe(backwards.lastTimestamp);
      }),
      { seed: 3 },
    );
  });

  it('keeps feedback against an item apart from feedback for it', () => {
    const record = only(reduced([event('click', 0), event('dislike', 0)]));
    expect(record.positive?.weight).toBe(1);
    expect(record.negative?.weight).toBe(1);
    expect(record.hidden).toBe(false);
  });

  it('counts impressions without letting them teach taste', () => {
    const record = only(reduced([event('impression', 5), event('impression', 6)]));
    expect(record).toMatchObject({ impressions: 2, events: 2, positive: null, lastTimestamp: 0 });
  });

  it('remembers what was hidden', () => {
    expect(only(reduced([event('hide', 1)])).hidden).toBe(true);
  });

  it('weighs an action of the site’s own as any other', () => {
    expect(only(reduced([event('wishlist', 1)])).positive?.weight).toBe(0.1);
    expect(only(reduced([event('toString', 1)])).positive?.weight).toBe(0.1);
  });
});

describe('weightPreferences', () => {
  const rowOf = new Map([['a', 7]]);

  it('multiplies a and b by the decay', () => {
    const records = reduced([event('purchase', 0)]).values();
    expect(weightPreferences(records, rowOf, OBJECTIVE, 10, 10 * DAY_MS)).toEqual([
      { row: 7, a: 1, b: 1, positives: 0.5 },
    ]);
  });

  it('does not decay the weight itself: Spark’s constant part fades too', () => {
    const records = reduced([event('click', 0)]).values();
    const spark = { convention: 'spark', alpha: 3, lambda: 0.1 } as const;
    expect(weightPreferences(records, rowOf, spark, 10, 10 * DAY_MS)).toEqual([
      { row: 7, a: 1.5, b: 2, positives: 0.5 },
    ]);
  });

  it('gives feedback against an item no right-hand side', () => {
    const records = reduced([event('dislike', 0)]).values();
    expect(weightPreferences(records, rowOf, OBJECTIVE, 10, 0)).toEqual([
      { row: 7, a: 1, b: 0, positives: 0 },
    ]);
  });

  it('bounds what one item can weigh', () => {
    const clicks = Array.from({ length: 50 }, (_, index) => event('click', index));
    const [preference] = weightPreferences(reduced(clicks).values(), rowOf, OBJECTIVE, 10, 50);
    expect(preference.a).toBeCloseTo(MAX_PREFERENCE_WEIGHT, 6);
  });

  it('leaves out items that the model does not know, and what has faded', () => {
    const unknown = reduced([event('click', 0, 'b')]).values();
    expect(weightPreferences(unknown, rowOf, OBJECTIVE, 10, 0)).toEqual([]);
    const faded = reduced([event('click', 0)]).values();
    expect(weightPreferences(faded, rowOf, OBJECTIVE, 10, 1000 * DAY_MS)).toEqual([]);
  });
});

describe('describeRules', () => {
  it('does not depend on the order of weights, but on every value', () => {
    const named = (actionWeights: Record<string, number>, halfLifeDays: number | null) =>
      describeRules({ actionWeights, halfLifeDays });
    expect(named({ a: 1, b: 2 }, 3)).toBe(named({ b: 2, a: 1 }, 3));
    expect(named({ a: 1 }, 3)).not.toBe(named({ a: 2 }, 3));
    expect(named({ a: 1 }, 3)).not.toBe(named({ a: 1 }, null));
  });
});
