/**
 * @module
 * Lists under a cap, on a catalogue much larger than what is retrieved at once.
 */
import { describe, expect, it } from 'vitest';
import { createEngine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import type { Model } from './model.ts';
import { createBlendRanker } from './rankers/blend.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';
import { gramOf, itemFactors } from './testing/itemFactors.ts';
import { smallModel } from './testing/smallModel.ts';

const ITEMS = 2000;
const NOW_MS = Date.UTC(2026, 0, 2);
const RULES: ListRules = { count: 12, exclude: [], filter: null, diversity: 0, explore: 0 };

/** The first 1,900 items are all of one category, and the best for whoever likes the first. */
function lopsidedModel(): Model {
  const model = smallModel();
  const ids = Array.from({ length: ITEMS }, (_, row) => `i${row}`);
  const factors = itemFactors(
    ids.map((_, row) => [120 - Math.floor(row / 20), row % 7]),
    2,
    0.01,
  );
  return {
    ...model,
    manifest: { ...model.manifest, items: ITEMS },
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    factors,
    gram: gramOf(factors),
    statistics: {
      ...model.statistics,
      popularity: Float64Array.from(ids, (_, row) => ITEMS - row),
      trending: Float64Array.from(ids, (_, row) => ITEMS - row),
    },
    catalogue: { categories: ids.map((_, row) => (row < 1900 ? ['common'] : [`rare ${row % 5}`])) },
  };
}

const model = lopsidedModel();
const engine = createEngine(model, {
  learner: createAlsLearner(),
  retrieval: createReferenceRetrieval(model.factors),
  ranker: createBlendRanker(0),
  halfLifeDays: 100,
  random: () => 0.5,
});
const click = { weight: 1, timestamp: NOW_MS };
const record = { itemId: 'i3', positive: click, negative: null, events: 1, impressions: 0 };
const visitor = await engine.learn(
  [{ ...record, lastTimestamp: NOW_MS, hidden: false, retired: null }],
  NOW_MS,
);
const newcomer = await engine.learn([], NOW_MS);

describe('a list under a cap', () => {
  it.each([0, 0.5])(
    'looks further than the first candidates, at diversity %f',
    async (diversity) => {
      const rules = { ...RULES, diversity, maxPerCategory: 3 };
      for (const list of [
        await engine.recommend(visitor, rules),
        await engine.recommend(newcomer, rules),
        await engine.similar(0, visitor, rules),
        await engine.popular('all', visitor, rules),
      ]) {
        expect(list).toHaveLength(12);
        expect(new Set(list.map(({ row }) => row)).size).toBe(12);
        const counts = new Map<string, number>();
        for (const { row } of list) {
          const [category] = model.catalogue['categories'][row] as string[];
          counts.set(category, (counts.get(category) ?? 0) + 1);
        }
        expect(Math.max(...counts.values())).toBe(3);
      }
    },
  );

  it('is as long as the catalogue allows, and no longer', async () => {
    const list = await engine.recommend(visitor, { ...RULES, count: 100, maxPerCategory: 2 });
    expect(list).toHaveLength(12);
  });
});
