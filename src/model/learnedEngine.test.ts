import { describe, expect, it } from 'vitest';
import { DEFAULT_ACTION_WEIGHTS, type PreferenceRecord } from '../events.ts';
import { createEngine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import type { Model } from './model.ts';
import { createReducer } from './preferences.ts';
import { createRanker } from './rankers/createRanker.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';
import { SMALL_MODEL_IDS, smallModel } from './testing/smallModel.ts';
import { defaultBlend } from './training/blend/defaultBlend.ts';

const NOW_MS = Date.UTC(2026, 0, 2);
const RULES: ListRules = { count: 6, exclude: [], filter: null, diversity: 0, explore: 0 };

/** As the small model, with a blend; and the teapot speaks for the rake, which the factors do not. */
function learnedModel(): Model {
  const base = smallModel();
  return {
    ...base,
    manifest: { ...base.manifest, blend: defaultBlend(), neighbours: { scale: 1 } },
    neighbours: {
      starts: Uint32Array.of(0, 2, 2, 2, 2, 2, 2),
      rows: Int32Array.of(3, 5),
      weights: Float32Array.of(0.9, 0.1),
    },
  };
}

const model = learnedModel();
const engine = createEngine(model, {
  learner: createAlsLearner(),
  retrieval: createReferenceRetrieval(model.factors),
  ranker: createRanker(model),
  halfLifeDays: 100,
  random: () => 0.5,
});

function visitorOf(...feedback: [itemId: string, action: string][]) {
  const records = new Map<string, PreferenceRecord>();
  const entries = feedback.map(([itemId, action], index) => ({
    event: { id: `${index}`, itemId, action, timestamp: NOW_MS - index, sessionId: 's' },
  }));
  createReducer({ actionWeights: DEFAULT_ACTION_WEIGHTS, halfLifeDays: 100 })(records, entries);
  return engine.learn(records.values(), NOW_MS);
}
const idsOf = (list: { row: number }[]) => list.map(({ row }) => SMALL_MODEL_IDS[row]);

describe('an engine with neighbours and a learned blend', () => {
  it('recommends what the neighbours speak for', async () => {
    const visitor = await visitorOf(['teapot', 'click']);
    const list = idsOf(await engine.recommend(visitor, RULES));
    expect(list.indexOf('rake')).toBeLessThan(list.indexOf('spade'));
    expect(list.at(-1)).toBe('teapot');
    expect(list).toHaveLength(6);
  });

  it('shows a new visitor what everyone wants', async () => {
    const [first] = await engine.recommend(await visitorOf(), RULES);
    expect(first.source).toBe('trending');
    expect(['pot', 'teacup']).toContain(SMALL_MODEL_IDS[first.row]);
  });

  it('puts neighbours before what lies in the same direction, and each item once', async () => {
    const list = idsOf(await engine.similar(0, await visitorOf(), RULES));
    expect(list.slice(0, 2)).toEqual(['rake', 'pot']);
    expect(list).toHaveLength(5);
    expect(new Set(list).size).toBe(5);
    const masked = await engine.similar(0, await visitorOf(), { ...RULES, count: 2, exclude: [3] });
    expect(idsOf(masked)).toEqual(['pot', 'teacup']);
  });

  it('explains every score to the last part', async () => {
    const visitor = await visitorOf(
      ['teapot', 'click'],
      ['pot', 'view'],
      ['spade', 'dislike'],
      ['mug', 'cart'],
    );
    for (const { row, score } of await engine.recommend(visitor, RULES)) {
      const explained = await engine.explain(row, visitor);
      expect(explained.score).toBeCloseTo(score, 10);
      const events = explained.contributions.reduce((sum, one) => sum + one.score, 0);
      expect(events + explained.prior).toBeCloseTo(score, 10);
      const parts = explained.parts.reduce((sum, one) => sum + one.score, 0);
      expect(parts).toBeCloseTo(explained.prior, 10);
      expect(explained.contributions).toHaveLength(4);
    }
    const rake = await engine.explain(3, visitor);
    const ofTeapot = rake.contributions.find(({ row }) => SMALL_MODEL_IDS[row] === 'teapot');
    expect(ofTeapot?.score).toBeGreaterThan(1);
    expect(rake.parts.map(({ signal }) => signal)).toContain('trending');
  });

  it('explains a new visitor’s scores by what needs no event', async () => {
    const { contributions, prior, score } = await engine.explain(2, await visitorOf());
    expect(contributions).toEqual([]);
    expect(prior).toBeCloseTo(score, 12);
  });
});

describe('fatigue', () => {
  it('lowers what was shown again and again', async () => {
    const shown = Array.from({ length: 20 }, (): [string, string] => ['teacup', 'impression']);
    const fresh = await visitorOf(['teapot', 'click']);
    const tired = await visitorOf(['teapot', 'click'], ...shown);
    const scoreOf = async (visitor: typeof fresh) => (await engine.explain(2, visitor)).score;
    expect(await scoreOf(tired)).toBeLessThan(await scoreOf(fresh));
    const { parts } = await engine.explain(2, tired);
    expect(parts.find(({ signal }) => signal === 'fatigue')?.score).toBeLessThan(0);
    const tiredRank = idsOf(await engine.recommend(tired, RULES)).indexOf('teacup');
    const freshRank = idsOf(await engine.recommend(fresh, RULES)).indexOf('teacup');
    expect(tiredRank).toBeGreaterThanOrEqual(freshRank);
  });
});
