/**
 * What a visitor's log can hold that nobody meant, against a real model: lists stay whole, scores
 * stay finite. `track` refuses most of it; a log that another version wrote, or a clock that was
 * moved, gets past.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_ACTION_WEIGHTS, type ActionWeights, type PreferenceRecord } from '../events.ts';
import { SIGNALS } from './blend.ts';
import { encodeModel } from './artifact/encode.ts';
import { decodeModel, factorStride } from './artifact/decode.ts';
import { createEngine, type Engine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import type { Model } from './model.ts';
import { createReducer } from './preferences.ts';
import { createRanker } from './rankers/createRanker.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';

const NOW_MS = Date.UTC(2026, 0, 2);
const DAY_MS = 86_400_000;
const ITEMS = 40;
const DIM = 8;
const RULES: ListRules = { count: 12, exclude: [], filter: null, diversity: 0, explore: 0 };

/** What a shop's file can say of its items, and what nobody meant among it. */
const CATALOGUE = {
  title: Array.from({ length: ITEMS }, (_, item) => (item % 7 ? `Cup ${item % 2} 🫖\n` : null)),
  price: Array.from({ length: ITEMS }, (_, item) => [3, 0, -2, null, 'dear', 1e300][item % 6]),
  categories: Array.from({ length: ITEMS }, (_, item) => [['Tea'], [], null, 'Tea', [7]][item % 5]),
};

/** Every signal counts, and every item speaks for the next three of its kind. */
const LEARNED = {
  blend: {
    recentHalfLifeDays: 10,
    signals: SIGNALS.map((signal) => ({ signal, weight: 0.2, whenNew: 0.1, spread: 1 })),
  },
  neighbours: {
    starts: Uint32Array.from({ length: ITEMS + 1 }, (_, item) => 3 * item),
    rows: Int32Array.from({ length: 3 * ITEMS }, (_, at) => neighbourOf(at)),
    weights: new Float32Array(3 * ITEMS).fill(0.3),
  },
};

function neighbourOf(at: number): number {
  const item = Math.floor(at / 3);
  const all = [1, 2, 3].map((step) => (item + 2 * step) % ITEMS).sort((a, b) => a - b);
  return all[at % 3];
}

type Kind = 'plain' | 'learned';

/** @param factor - of an item's column. */
async function modelOf(
  factor: (item: number, column: number) => number,
  kind: Kind,
): Promise<Model> {
  const { manifest, files } = await encodeModel({
    ids: Array.from({ length: ITEMS }, (_, item) => `i${item}`),
    dim: DIM,
    factors: Float32Array.from({ length: ITEMS * DIM }, (_, place) =>
      factor(Math.floor(place / DIM), place % DIM),
    ),
    prior: new Float64Array(DIM),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
    halfLifeDays: 90,
    trendingDays: 60,
    statistics: {
      popularity: Array.from({ length: ITEMS }, (_, item) => 100 + item),
      trending: Array.from({ length: ITEMS }, (_, item) => item),
    },
    catalogue: kind === 'learned' ? CATALOGUE : {},
    ...(kind === 'learned' ? LEARNED : {}),
    createdAt: new Date(NOW_MS).toISOString(),
  });
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const target = new Int8Array(manifest.items * factorStride(manifest.dim));
  return decodeModel(manifest, ({ name }) => Promise.resolve(bytesOf.get(name)!), target);
}

function engineOf(model: Model): Engine {
  return createEngine(model, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(model.factors),
    ranker: createRanker(model),
    halfLifeDays: 90,
    random: () => 0.5,
  });
}

interface Event {
  itemId: string;
  action?: string;
  timestamp?: number;
}

function recordsOf(
  events: readonly Event[],
  actionWeights: ActionWeights = DEFAULT_ACTION_WEIGHTS,
): PreferenceRecord[] {
  const records = new Map<string, PreferenceRecord>();
  const entries = events.map(({ itemId, action = 'click', timestamp = NOW_MS }, index) => ({
    event: { id: `${index}`, itemId, action, timestamp, sessionId: 's' },
  }));
  createReducer({ actionWeights, halfLifeDays: 90 })(records, entries);
  return [...records.values()];
}

/** Learns, lists and explains; every number must be one. @returns the ids listed. */
async function soundList(engine: Engine, records: readonly PreferenceRecord[]): Promise<string[]> {
  const visitor = await engine.learn(records, NOW_MS);
  expect([...visitor.embedding].every(Number.isFinite)).toBe(true);
  const list = await engine.recommend(visitor, RULES);
  expect(list.length).toBe(RULES.count);
  expect(new Set(list.map(({ row }) => row)).size).toBe(RULES.count);
  for (const { row, score, source } of list) {
    expect(Number.isFinite(score)).toBe(true);
    const { score: explained, prior, contributions } = await engine.explain(row, visitor);
    // Without a learned blend newcomers get counts, which no ranker has scored.
    if (source === 'personal' || engine.model.manifest.blend) {
      expect(explained).toBeCloseTo(score, 6);
    }
    const parts = contributions.reduce((sum, one) => sum + one.score, prior);
    expect(Math.abs(parts - explained)).toBeLessThan(1e-9 * Math.max(1, Math.abs(explained)));
  }
  return list.map(({ row }) => engine.model.ids[row]);
}

/** Even items lie along one axis, odd ones along another. */
const twoTastes = (item: number, column: number): number =>
  (column === item % 2 ? 1 : 0.02 * column) * (1 + item / ITEMS);

describe.each<Kind>(['plain', 'learned'])('events that nobody meant, a %s blend', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = engineOf(await modelOf(twoTastes, kind));
  });

  const isEven = (id: string): boolean => Number(id.slice(1)) % 2 === 0;

  it.each([
    ['of the future', NOW_MS + 75 * 365 * DAY_MS],
    ['of today', NOW_MS],
    ['before 2000', Date.UTC(1999, 5, 1)],
    ['of 1970', 0],
    ['before 1970', -DAY_MS],
  ])('takes one %s beside a sound one', async (_name, timestamp) => {
    const ids = await soundList(
      engine,
      recordsOf([{ itemId: 'i0' }, { itemId: 'i2' }, { itemId: 'i1', timestamp }]),
    );
    // Two of today's are for even items; what is old cannot outweigh them.
    expect(ids.filter(isEven).length).toBeGreaterThanOrEqual(6);
  });

  it('counts one of the future as one of now', async () => {
    const vectors = await Promise.all(
      [NOW_MS, NOW_MS + 1000 * DAY_MS].map(async (timestamp) => {
        const visitor = await engine.learn(recordsOf([{ itemId: 'i0', timestamp }]), NOW_MS);
        return [...visitor.embedding];
      }),
    );
    expect(vectors[1]).toEqual(vectors[0]);
  });

  it.each([NaN, Infinity, -Infinity])('is not spoilt by a time of %s', async (timestamp) => {
    const ids = await soundList(engine, recordsOf([{ itemId: 'i0' }, { itemId: 'i1', timestamp }]));
    expect(isEven(ids[0])).toBe(true);
  });

  it.each([0, -0.001, -5, -1e12, 1e-12, 1e12, 1e300, -1e300])(
    'takes an action that weighs %d',
    async (weight) => {
      const weights = { ...DEFAULT_ACTION_WEIGHTS, odd: weight };
      const events = [{ itemId: 'i0' }, { itemId: 'i1', action: 'odd' }];
      const ids = await soundList(engine, recordsOf(events, weights));
      if (weight <= 0) expect(isEven(ids[0])).toBe(true);
    },
  );

  it.each(['impression', 'view', 'dwell', 'click', 'cart', 'purchase', 'dislike', 'hide', 'waved'])(
    'learns from a log of nothing but %s',
    async (action) => {
      const ids = await soundList(
        engine,
        recordsOf([
          { itemId: 'i0', action },
          { itemId: 'i4', action },
        ]),
      );
      if (action === 'hide') expect(ids).not.toContain('i0');
    },
  );

  it('learns from 100,000 events of one visitor', async () => {
    const events = Array.from({ length: 100_000 }, (_, index) => ({
      itemId: `i${(index * 2) % 20}`,
      timestamp: NOW_MS - index * 60_000,
    }));
    const ids = await soundList(engine, recordsOf(events));
    expect(isEven(ids[0])).toBe(true);
  });

  it('passes over items that the model no longer has', async () => {
    const gone = ['gone', '', '__proto__', 'two\nlines 🫖'].map((itemId) => ({ itemId }));
    const [known, both] = await Promise.all(
      [recordsOf([{ itemId: 'i0' }]), recordsOf([...gone, { itemId: 'i0' }])].map((records) =>
        soundList(engine, records),
      ),
    );
    expect(both).toEqual(known);
    // Nothing but such: what everyone gets.
    expect(await soundList(engine, recordsOf(gone))).toEqual(await soundList(engine, []));
  });
});

describe.each<Kind>(['plain', 'learned'])('a model that knows no difference, %s', (kind) => {
  it.each<[string, (item: number, column: number) => number]>([
    ['all items alike', () => 0.5],
    ['all factors zero', () => 0],
    ['one axis alone', (_item, column) => (column === 3 ? 1 : 0)],
    ['one item alone', (item) => (item === 7 ? 1 : 0)],
    ['very small factors', () => 1e-30],
    ['large factors', (item) => 1000 * (item + 1)],
  ])('still lists, with %s', async (_name, factor) => {
    const engine = engineOf(await modelOf(factor, kind));
    await soundList(engine, []);
    await soundList(engine, recordsOf([{ itemId: 'i3' }, { itemId: 'i7', action: 'dislike' }]));
    const visitor = await engine.learn(recordsOf([{ itemId: 'i3' }]), NOW_MS);
    for (const { score } of await engine.similar(3, visitor, RULES)) {
      expect(Number.isFinite(score)).toBe(true);
    }
    const explored = await engine.recommend(visitor, { ...RULES, explore: 1, diversity: 0.5 });
    expect(explored.length).toBe(RULES.count);
  });

  it('says so when the factors are so large that λ is lost beside them', async () => {
    const engine = engineOf(await modelOf((item) => 1e15 * (item + 1), kind));
    await expect(engine.learn(recordsOf([{ itemId: 'i3' }]), NOW_MS)).rejects.toMatchObject({
      code: 'not-finite',
      message: expect.stringMatching(/^pivot \d of 8 must be positive and finite but is/) as string,
    });
  });
});
