import { describe, expect, it } from 'vitest';
import { itemAudience, audienceCosine } from './itemAudience.ts';
import { measureFold } from './measure.ts';
import { REPLAY_METRICS } from './metrics.ts';
import { popularityEngine, trendingEngine, freshTrendingEngine } from './peers.ts';
import { replayFold } from './replay.ts';
import { compare, summarise } from './summary.ts';
import { dayMs, tableOf } from './table.case.ts';
import type { EvaluatedEngine } from './types.ts';

/**
 * Thirty items in training, item k bought by 30 − k people: popularity lists i0, i1, … in order. The
 * late buyers of i25 and i26 make those two the trend.
 */
const training = Array.from({ length: 30 }, (_, item) =>
  Array.from(
    { length: 30 - item },
    (_, user) => `p${user} i${item} ${item > 24 && item < 27 ? 9 : 0}`,
  ),
).flat();

const log = tableOf(
  [
    ...training,
    // Anna has i0. On day 11 she buys i1 (listed), i20 (the 20th without i0: listed), i21 (not) and
    // i29 (not): recall 2/4.
    'anna i0 5',
    'anna i1 11',
    'anna i20 11',
    'anna i21 11',
    'anna i29 11',
    // On day 12 she buys i2 (listed): recall 1.
    'anna i2 12',
    // Bert has i0 and buys i28, which is not listed: recall 0.
    'bert i0 5',
    'bert i28 11',
  ].join('\n'),
);
const folds = Int32Array.from(log.userIds, (id) => (id.startsWith('p') ? 1 : 0));
const fold = replayFold(log, folds, 0, { fromMs: dayMs(10), toMs: Infinity });

describe('measureFold', () => {
  it('gives popularity exactly the recall it has by hand', async () => {
    const result = await measureFold(popularityEngine(fold.training), fold, REPLAY_METRICS);
    expect([...result.values[0]]).toEqual([2 / 4, 1, 0]);
    expect([...result.eventsSeen]).toEqual([1, 5, 1]);
    const summary = summarise([result], REPLAY_METRICS, 1);
    expect(summary.metrics[0].mean).toBeCloseTo(0.5, 12);
    expect(summary.cases).toBe(3);
    expect(summary.users).toBe(2);
    // Day 12: i2 comes first, as i0 and i1 are taken. Day 11: ranks 0 and 19 of four targets.
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4) + 1 / Math.log2(5);
    expect(summary.metrics[1].mean).toBeCloseTo(((1 + 1 / Math.log2(21)) / ideal + 1) / 3, 12);
    const steps = summary.byEventsSeen.map((step) => [step.from, step.to, step.cases]);
    expect(steps).toContainEqual([1, 1, 2]);
    expect(steps).toContainEqual([5, 9, 1]);
    expect(steps).toContainEqual([50, null, 0]);
    expect(summary.byEventsSeen[0].mean).toBeCloseTo(0.25, 12);
  });

  it('measures coverage, novelty and diversity by hand', async () => {
    const two: EvaluatedEngine = { name: 'two', recommend: () => [10, 25] };
    const { quality } = await measureFold(two, fold, REPLAY_METRICS);
    expect(quality.coverage).toBeCloseTo(2 / 30, 12);
    // i10 has 20 of 30 users, i25 has 5, and those 5 are among the 20.
    expect(quality.novelty).toBeCloseTo(-(Math.log2(20 / 30) + Math.log2(5 / 30)) / 2, 12);
    expect(quality.diversity).toBeCloseTo(1 - 5 / Math.sqrt(100), 12);
  });

  it('counts as serendipity only what popularity would not have listed', async () => {
    const { serendipity } = await measureFold(
      popularityEngine(fold.training),
      fold,
      REPLAY_METRICS,
    );
    expect([...serendipity]).toEqual([0, 0, 0]);
    // Of Anna's first day popularity lists i1 and i20; i21 and i29 are the surprise. Bert's i28 too.
    const items = ['i1', 'i21', 'i29', 'i28'].map((id) => fold.training.itemIds.indexOf(id));
    const knowing: EvaluatedEngine = {
      name: 'knowing',
      recommend: (_history, _nowMs, _count, taken) => items.filter((item) => !taken?.has(item)),
    };
    const result = await measureFold(knowing, fold, REPLAY_METRICS);
    expect([...result.serendipity]).toEqual([2 / 4, 0, 1]);
    expect([...result.values[0]]).toEqual([3 / 4, 0, 1]);
  });

  it('compares two engines over the same cases', async () => {
    const popular = await measureFold(popularityEngine(fold.training), fold, REPLAY_METRICS);
    const blind = await measureFold({ name: 'blind', recommend: () => [] }, fold, REPLAY_METRICS);
    expect(compare([popular], [popular], 0, 1)).toEqual({
      ...{ mean: 0, low: 0, high: 0 },
      ratio: { mean: 1, low: 1, high: 1 },
    });
    expect(compare([popular], [blind], 0, 1).mean).toBeCloseTo(0.5, 12);
  });

  it('refuses lists that break the promise', async () => {
    const listing = (...list: number[]) =>
      measureFold({ name: 'bad', recommend: () => list }, fold, REPLAY_METRICS);
    const i0 = fold.training.itemIds.indexOf('i0');
    await expect(listing(i0)).rejects.toThrow(/engine bad must list items that are new/);
    await expect(listing(3, 3)).rejects.toThrow(/distinct/);
    await expect(listing(30)).rejects.toThrow(/an item in \[0, 30\)/);
    await expect(listing(...Array.from({ length: 21 }, (_, item) => item + 1))).rejects.toThrow(
      /at most 20/,
    );
  });
});

describe('trending', () => {
  const names = (list: ArrayLike<number>) =>
    Array.from(list, (item) => fold.training.itemIds[item]);
  const history = [{ item: 0, weight: 1, timestamp: 0 }];

  it('counts the days before the newest training event', async () => {
    const engine = trendingEngine(fold.training, 5);
    expect(names(await engine.recommend(history, dayMs(11), 3))).toEqual(['i25', 'i26', 'i1']);
    // The window holds day 0 too: popularity again.
    const long = trendingEngine(fold.training, 60);
    expect(names(await long.recommend(history, dayMs(11), 3))).toEqual(['i1', 'i2', 'i3']);
  });

  it('fresh: counts the days before the request, and nothing after', async () => {
    const engine = freshTrendingEngine(fold.training, 5);
    expect(names(await engine.recommend(history, dayMs(4), 2))).toEqual(['i1', 'i2']);
    expect(names(await engine.recommend(history, dayMs(11), 2))).toEqual(['i25', 'i26']);
  });
});

it('itemAudience counts each user once', () => {
  const audience = itemAudience(tableOf('u a 0\nu a 1\nv a 2\nv b 3'));
  expect([...audience.of(0)]).toEqual([0, 1]);
  expect([...audience.of(1)]).toEqual([1]);
  expect(audienceCosine(audience.of(0), audience.of(1))).toBeCloseTo(1 / Math.sqrt(2), 12);
});
