import { describe, expect, it } from 'vitest';
import { DEFAULT_ACTION_WEIGHTS, type PreferenceRecord } from '../events.ts';
import { createEngine, type Engine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import { createReducer } from './preferences.ts';
import { createBlendRanker } from './rankers/blend.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';
import { SMALL_MODEL_IDS, smallModel } from './testing/smallModel.ts';
import { seededRandom } from './training/seededRandom.ts';

const NOW_MS = Date.UTC(2026, 0, 2);
const RULES: ListRules = { count: 6, exclude: [], filter: null, diversity: 0, explore: 0 };

function createSmallEngine(): Engine {
  const model = smallModel();
  return createEngine(model, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(model.factors),
    ranker: createBlendRanker(),
    halfLifeDays: 100,
    random: seededRandom(1),
  });
}

function recordsOf(...feedback: [itemId: string, action: string][]): PreferenceRecord[] {
  const records = new Map<string, PreferenceRecord>();
  const entries = feedback.map(([itemId, action], index) => ({
    event: { id: `${index}`, itemId, action, timestamp: NOW_MS - index, sessionId: 's' },
  }));
  createReducer({ actionWeights: DEFAULT_ACTION_WEIGHTS, halfLifeDays: 100 })(records, entries);
  return [...records.values()];
}

const engine = createSmallEngine();
const visitorOf = (...feedback: [string, string][]) => engine.learn(recordsOf(...feedback), NOW_MS);
const idsOf = (list: { row: number }[]) => list.map(({ row }) => SMALL_MODEL_IDS[row]);

describe('recommend', () => {
  it('shows a new visitor what is trending', async () => {
    const list = await engine.recommend(await visitorOf(), RULES);
    expect(idsOf(list)).toEqual(['pot', 'teacup', 'teapot', 'spade', 'mug', 'rake']);
    expect(list[0]).toMatchObject({ source: 'trending', score: 9 });
  });

  it('follows the first click', async () => {
    const tea = await engine.recommend(await visitorOf(['teapot', 'click']), {
      ...RULES,
      count: 2,
    });
    expect(idsOf(tea)).toEqual(['teacup', 'mug']);
    expect(tea[0].source).toBe('personal');
    const garden = await engine.recommend(await visitorOf(['spade', 'click']), {
      ...RULES,
      count: 1,
    });
    expect(idsOf(garden)).toEqual(['rake']);
  });

  it('puts what was seen last, rather than returning fewer', async () => {
    const list = await engine.recommend(
      await visitorOf(['teapot', 'click'], ['mug', 'view']),
      RULES,
    );
    expect(list).toHaveLength(6);
    expect(new Set(idsOf(list).slice(4))).toEqual(new Set(['teapot', 'mug']));
  });

  it('does not take an impression or a dislike for taste', async () => {
    const shown = await engine.recommend(await visitorOf(['teapot', 'impression']), RULES);
    expect(shown[0].source).toBe('trending');
    const disliked = await engine.recommend(await visitorOf(['pot', 'dislike']), RULES);
    expect(idsOf(disliked)[0]).toBe('teacup');
    expect(idsOf(disliked).at(-1)).toBe('pot');
  });

  it('turns away from what is disliked', async () => {
    const liked = await visitorOf(['pot', 'click']);
    const torn = await visitorOf(['pot', 'click'], ['spade', 'dislike'], ['rake', 'dislike']);
    const rake = engine.model.rowOf.get('rake') ?? -1;
    const scoreOf = async (visitor: typeof liked) => (await engine.explain(rake, visitor)).score;
    expect(await scoreOf(torn)).toBeLessThan(await scoreOf(liked));
  });

  it('never shows what is hidden, excluded or filtered out', async () => {
    const visitor = await visitorOf(['teapot', 'click'], ['mug', 'hide']);
    const rules = { ...RULES, exclude: [2], filter: (row: number) => row !== 3 };
    const list = await engine.recommend(visitor, rules);
    expect(new Set(idsOf(list))).toEqual(new Set(['pot', 'spade', 'teapot']));
  });

  it('returns nothing when nothing is eligible', async () => {
    const visitor = await visitorOf(['teapot', 'click']);
    expect(await engine.recommend(visitor, { ...RULES, filter: () => false })).toEqual([]);
  });

  it('spreads a list over tastes when asked to', async () => {
    const visitor = await visitorOf(['teapot', 'click']);
    const spread = await engine.recommend(visitor, { ...RULES, count: 2, diversity: 0.9 });
    expect(idsOf(spread)[0]).toBe('teacup');
    expect(['rake', 'spade']).toContain(idsOf(spread)[1]);
  });

  it.each([0, 0.7])('keeps to a cap by category at diversity %f, every list', async (diversity) => {
    // Tea: teapot, teacup, mug; garden: spade, rake; the mug is a gift too, the pot is in none.
    const rules = { ...RULES, diversity, maxPerCategory: 1 };
    const visitor = await visitorOf(['teapot', 'click']);
    const lists = [
      await engine.recommend(visitor, rules),
      await engine.recommend(await visitorOf(), rules),
      await engine.similar(0, visitor, rules),
      await engine.rank([0, 1, 2, 3, 4, 5], visitor, rules),
      await engine.popular('all', visitor, rules),
    ];
    for (const list of lists) {
      expect(list).toHaveLength(3);
      expect(idsOf(list).filter((id) => ['teapot', 'teacup', 'mug'].includes(id))).toHaveLength(1);
      expect(idsOf(list).filter((id) => ['spade', 'rake'].includes(id))).toHaveLength(1);
      expect(idsOf(list)).toContain('pot');
    }
    expect(await engine.recommend(visitor, { ...rules, maxPerCategory: 3 })).toHaveLength(6);
  });

  it('explores around what is known, and not without being asked', async () => {
    const visitor = await visitorOf(['pot', 'click']);
    const seen = new Set<string>();
    for (let draw = 0; draw < 30; draw++) {
      seen.add(idsOf(await engine.recommend(visitor, { ...RULES, count: 1, explore: 1 }))[0]);
    }
    expect(seen.size).toBeGreaterThan(1);
    const first = await engine.recommend(visitor, RULES);
    expect(await engine.recommend(visitor, RULES)).toEqual(first);
    expect(first[0]).not.toHaveProperty('propensity');
  });

  it('explores without propensities where nobody wants them', async () => {
    const visitor = await visitorOf(['pot', 'click']);
    const rules = { ...RULES, explore: 1 };
    const [wanted] = await engine.recommend(visitor, rules);
    const [unwanted] = await engine.recommend(visitor, { ...rules, propensities: false });
    expect(wanted.propensity).toBeGreaterThan(0);
    expect(unwanted).not.toHaveProperty('propensity');
  });
});

describe('similar', () => {
  it('finds what lies in the same direction, whatever its length', async () => {
    const list = await engine.similar(0, await visitorOf(), { ...RULES, count: 3 });
    expect(idsOf(list)).toEqual(['teacup', 'mug', 'pot']);
    expect(list[0].source).toBe('similar');
  });

  it('leaves the item itself out', async () => {
    const list = await engine.similar(3, await visitorOf(), RULES);
    expect(list).toHaveLength(5);
    expect(idsOf(list)).not.toContain('rake');
  });
});

describe('rank', () => {
  it('orders the caller’s items for the visitor', async () => {
    const visitor = await visitorOf(['teapot', 'purchase']);
    const list = await engine.rank([3, 4, 2], visitor, RULES);
    expect(idsOf(list)).toEqual(['teacup', 'mug', 'rake']);
    expect(list[0].source).toBe('list');
  });

  it('keeps to exclusions, and names an item once', async () => {
    const list = await engine.rank([3, 4, 3, 2], await visitorOf(), { ...RULES, exclude: [4] });
    expect(idsOf(list).sort()).toEqual(['rake', 'teacup']);
  });
});

describe('popular', () => {
  it('is the same for everyone, by window', async () => {
    const visitor = await visitorOf(['teapot', 'click']);
    const all = idsOf(await engine.popular('all', visitor, { ...RULES, count: 2 }));
    expect(all).toEqual(['spade', 'pot']);
    expect(all).toEqual(
      idsOf(await engine.popular('all', await visitorOf(), { ...RULES, count: 2 })),
    );
    expect(idsOf(await engine.popular('trending', visitor, { ...RULES, count: 1 }))).toEqual([
      'pot',
    ]);
  });
});

describe('explain', () => {
  it('adds up to the score of the list, dislikes among the parts', async () => {
    const visitor = await visitorOf(['teapot', 'click'], ['pot', 'view'], ['spade', 'dislike']);
    for (const { row, score } of await engine.recommend(visitor, { ...RULES, count: 3 })) {
      const parts = await engine.explain(row, visitor);
      const sum = parts.contributions.reduce((total, part) => total + part.score, parts.prior);
      expect(sum).toBeCloseTo(parts.score, 10);
      expect(parts.score).toBeCloseTo(score, 10);
      expect(parts.contributions).toHaveLength(3);
    }
  });

  it('adds up for an embedding that was refined, too', async () => {
    const learned = await visitorOf(['teapot', 'click'], ['rake', 'purchase'], ['pot', 'dislike']);
    const visitor = { ...learned, embedding: learned.embedding.map((x, f) => x + 0.2 * (f + 1)) };
    for (const { row, score } of await engine.rank([0, 1, 2, 3, 4, 5], visitor, RULES)) {
      const parts = await engine.explain(row, visitor);
      const sum = parts.contributions.reduce((total, part) => total + part.score, parts.prior);
      expect(parts.score).toBeCloseTo(score, 10);
      expect(sum).toBeCloseTo(score, 10);
    }
  });

  it('names what speaks for an item', async () => {
    const visitor = await visitorOf(['teapot', 'click'], ['spade', 'click']);
    const { contributions } = await engine.explain(2, visitor);
    expect(SMALL_MODEL_IDS[contributions[0].row]).toBe('teapot');
    expect(contributions[0].score).toBeGreaterThan(0);
  });

  it('is all prior for a new visitor', async () => {
    const parts = await engine.explain(0, await visitorOf());
    expect(parts.contributions).toEqual([]);
    expect(parts.score).toBeCloseTo(parts.prior, 12);
  });
});
