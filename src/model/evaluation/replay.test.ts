import { describe, expect, it } from 'vitest';
import { periodOf, replayFold } from './replay.ts';
import { dayMs, tableOf } from './table.case.ts';
import type { Case, Fold } from './types.ts';

/** Anna is held out (fold 0), Ben and Cleo train (fold 1). */
const log = tableOf(`
  ben   a 0
  ben   b 1
  cleo  c 2
  ben   late 12
  anna  a 1
  anna  unknown 2
  anna  b 11.25
  anna  late 11.5
  anna  a 11.75
  anna  b 12
  anna  c 13
  anna  c 13
`);
const folds = Int32Array.from(log.userIds, (id) => (id === 'anna' ? 0 : 1));

function readable(fold: Fold, asked: Case) {
  const name = (item: number) => fold.training.itemIds[item];
  return {
    nowMs: asked.nowMs,
    history: asked.history.map((event) => name(event.item)),
    targets: [...asked.targets].map(name),
  };
}

describe('replayFold', () => {
  const period = { fromMs: dayMs(10), toMs: Infinity };
  const fold = replayFold(log, folds, 0, period);

  it('trains on the others before the cut alone', () => {
    expect(fold.training.userIds).toEqual(['ben', 'cleo']);
    expect(fold.training.itemIds).toEqual(['a', 'b', 'c']);
    expect(fold.training.users.length).toBe(3);
    expect(fold.heldOutUsers).toBe(1);
  });

  it('asks before each day for what is new on it and known', () => {
    expect(fold.cases.map((asked) => readable(fold, asked))).toEqual([
      // `late` is not in the model; `a` was bought before; the day is one group.
      { nowMs: dayMs(11.25), history: ['a'], targets: ['b'] },
      // Day 12 brings only `b` again: no target, no case. `c` twice on day 13 is one target.
      { nowMs: dayMs(13), history: ['a', 'b', 'a', 'b'], targets: ['c'] },
    ]);
  });

  it('within a visit: once its first item is known, for the others of that day', () => {
    const days = tableOf(`
      ben   a 0
      ben   b 1
      cleo  c 2
      anna  a 11.25
      anna  a 11.5
      anna  unknown 11.5
      anna  b 11.75
      anna  c 12.25
      anna  a 12.5
      anna  b 12.5
      dora  b 13
      dora  c 13
    `);
    const held = Int32Array.from(days.userIds, (id) => (id === 'anna' || id === 'dora' ? 0 : 1));
    const fold = replayFold(days, held, 0, period, 1);
    expect(fold.cases.map((asked) => readable(fold, asked))).toEqual([
      // Nothing was known of her before.
      { nowMs: dayMs(11.25), history: ['a'], targets: ['b'] },
      // Day 12 brings nothing new but the first. Two at the same moment: the first of the table.
      { nowMs: dayMs(13), history: ['b'], targets: ['c'] },
    ]);
  });

  it('asks nobody without a known item before', () => {
    const stranger = tableOf(`
      ben  a 0
      anna unknown 1
      anna a 11
    `);
    const strangers = Int32Array.from(stranger.userIds, (id) => (id === 'anna' ? 0 : 1));
    expect(replayFold(stranger, strangers, 0, period).cases).toEqual([]);
  });

  it('asks only in the period, by the first event of the day', () => {
    const starts = (fromMs: number, toMs: number) =>
      replayFold(log, folds, 0, { fromMs, toMs }).cases.map((asked) => asked.nowMs);
    expect(starts(dayMs(11.25), dayMs(13))).toEqual([dayMs(11.25)]);
    // Day 11 begins before this cut, so it is no case, though it goes on after it.
    expect(starts(dayMs(11.5), Infinity)).toEqual([dayMs(13)]);
  });

  it('gives the same cases whatever the order of the rows', () => {
    const reversed = {
      ...log,
      users: log.users.slice().reverse(),
      items: log.items.slice().reverse(),
      timestamps: log.timestamps!.slice().reverse(),
    };
    const again = replayFold(reversed, folds, 0, period);
    expect(again.cases.map((asked) => readable(again, asked))).toEqual(
      fold.cases.map((asked) => readable(fold, asked)),
    );
  });
});

describe('periodOf', () => {
  const days = tableOf(Array.from({ length: 100 }, (_, day) => `u i ${day}`).join('\n'));

  it('cuts at the share of events, and validates before that', () => {
    expect(periodOf(days, 0.8, 'test')).toEqual({ fromMs: dayMs(80), toMs: Infinity });
    expect(periodOf(days, 0.8, 'validation')).toEqual({ fromMs: dayMs(64), toMs: dayMs(80) });
  });

  it('names what it needs', () => {
    expect(() => periodOf({ ...days, timestamps: null }, 0.8, 'test')).toThrow(/time column/);
    expect(() => periodOf(days, 1.5, 'test')).toThrow('until must be a number in [0.01, 0.99]');
  });
});
