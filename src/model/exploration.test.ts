/**
 * @module
 * Propensities against what happens: lists are drawn many times over, and items that were given the
 * probability p are in about p of them.
 */
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import { createBlendRanker } from './rankers/blend.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';
import { smallModel } from './testing/smallModel.ts';
import { seededRandom } from './training/seededRandom.ts';

const NOW_MS = Date.UTC(2026, 0, 2);
const RULES: ListRules = { count: 2, exclude: [], filter: null, diversity: 0, explore: 1 };

function createSmallEngine(seed: number, clock?: () => number): Engine {
  const model = smallModel();
  return createEngine(model, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(model.factors),
    ranker: createBlendRanker(),
    halfLifeDays: null,
    random: seededRandom(seed),
    ...(clock ? { clock } : {}),
  });
}

const liked = { weight: 1, timestamp: NOW_MS };
const record = { itemId: 'pot', positive: liked, negative: null, events: 1, impressions: 0 };
const RECORDS = [{ ...record, lastTimestamp: NOW_MS, hidden: false, retired: null }];

describe('propensities', () => {
  it.each([
    ['recommend', 0],
    ['recommend', 0.5],
    ['rank', 0],
  ] as const)(
    'of %s at diversity %f are the frequencies that lists have',
    async (kind, diversity) => {
      const engine = createSmallEngine(3);
      const visitor = await engine.learn(RECORDS, NOW_MS);
      const rules = { ...RULES, diversity };
      const draw = async () =>
        kind === 'recommend'
          ? engine.recommend(visitor, rules)
          : engine.rank([0, 1, 2, 3, 4], visitor, rules);
      const LISTS = 400;
      const shown = new Map<number, number>();
      const given = new Map<number, number[]>();
      for (let list = 0; list < LISTS; list++) {
        for (const { row, propensity } of await draw()) {
          shown.set(row, (shown.get(row) ?? 0) + 1);
          given.set(row, [...(given.get(row) ?? []), propensity ?? NaN]);
        }
      }
      expect(shown.size).toBeGreaterThan(2);
      for (const [row, count] of shown) {
        const estimates = given.get(row) ?? [];
        const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
        // Four standard errors of the frequency, and what ½ / (n + 1) is off by.
        const frequency = count / LISTS;
        const error = 4 * Math.sqrt((frequency * (1 - frequency)) / LISTS) + 0.01;
        expect(Math.abs(mean - frequency), `row ${row}`).toBeLessThan(error);
        for (const estimate of estimates) expect(estimate > 0 && estimate < 1).toBe(true);
      }
    },
  );

  it('are the same for the same seed, and move no later draw for want of time', async () => {
    let nowMs = 0;
    const slow = createSmallEngine(5, () => (nowMs += 10));
    const fast = createSmallEngine(5);
    const again = createSmallEngine(5);
    const visitor = await fast.learn(RECORDS, NOW_MS);
    for (let list = 0; list < 5; list++) {
      const found = await fast.recommend(visitor, RULES);
      expect(await again.recommend(visitor, RULES)).toEqual(found);
      const hurried = await slow.recommend(visitor, RULES);
      expect(hurried.map(({ row }) => row)).toEqual(found.map(({ row }) => row));
    }
  });

  it('are not given where nothing is explored', async () => {
    const engine = createSmallEngine(1);
    const visitor = await engine.learn(RECORDS, NOW_MS);
    for (const list of [
      await engine.recommend(visitor, { ...RULES, explore: 0 }),
      await engine.recommend(await engine.learn([], NOW_MS), RULES),
      await engine.popular('all', visitor, RULES),
      await engine.similar(0, visitor, RULES),
    ]) {
      for (const one of list) expect(one).not.toHaveProperty('propensity');
    }
  });
});
