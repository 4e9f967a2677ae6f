/**
 * @module
 * Segments from training to a newcomer's list, and files of them that do not hold what they should.
 */
import { describe, expect, it } from 'vitest';
import { decodeModel, factorStride } from './artifact/decode.ts';
import { encodeModel } from './artifact/encode.ts';
import { decodeSegments } from './artifact/segmentsFile.ts';
import { createEngine, type ListRules } from './engine.ts';
import { createAlsLearner } from './learners/als.ts';
import type { Model } from './model.ts';
import { createBlendRanker } from './rankers/blend.ts';
import { createRanker } from './rankers/createRanker.ts';
import { createReferenceRetrieval } from './retrieval/reference.ts';
import { inSegment } from './segments.ts';
import { defaultBlend } from './training/blend/defaultBlend.ts';
import { interactionsOf } from './training/fixtures.case.ts';
import { LEAST_USERS, segmentsOf } from './training/segmentsOf.ts';
import { itemStatistics } from './training/statistics.ts';
import { trainFactors } from './training/trainFactors.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 2);
const RULES: ListRules = { count: 3, exclude: [], filter: null, diversity: 0, explore: 0 };
const OBJECTIVE = { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 } as const;

/** French users choose tea, Spanish ones spades; everyone else, who are most, lamps. */
const CHOICES: Record<string, string[]> = {
  France: ['teapot', 'teacup', 'mug'],
  Spain: ['spade', 'rake', 'hoe'],
  elsewhere: ['lamp', 'shade', 'bulb'],
  Malta: ['kite'],
};
const USERS: Record<string, number> = { France: 40, Spain: 30, elsewhere: 120, Malta: 5 };

async function trainedModel(): Promise<Model> {
  const rows: [string, string, number, number][] = [];
  const segmentByUser = new Map<string, string>();
  for (const [segment, items] of Object.entries(CHOICES)) {
    for (let user = 0; user < USERS[segment]; user++) {
      const id = `${segment} ${user}`;
      segmentByUser.set(id, segment);
      for (const [at, item] of items.entries()) {
        if ((user + at) % 3 > 0) rows.push([id, item, 1, NOW_MS - (user % 50) * DAY_MS]);
      }
    }
  }
  const interactions = interactionsOf(rows);
  const trained = await trainFactors(interactions, {
    dim: 4,
    epochs: 5,
    objective: OBJECTIVE,
    repeat: 'once',
    seed: 1,
  });
  const { manifest, files } = await encodeModel({
    ids: interactions.itemIds,
    dim: 4,
    factors: trained.itemFactors,
    prior: trained.prior,
    objective: OBJECTIVE,
    halfLifeDays: 90,
    trendingDays: 60,
    statistics: itemStatistics(interactions, 60),
    catalogue: {},
    segments: segmentsOf(
      'Country',
      interactions.userIds.map((id) => segmentByUser.get(id) ?? null),
      interactions,
      trained.userFactors,
      trained.prior,
      60,
    ),
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return decodeModel(
    manifest,
    ({ name }) => Promise.resolve(bytesOf.get(name) ?? new Uint8Array()),
    new Int8Array(manifest.items * factorStride(4)),
  );
}

const model = await trainedModel();
const engineOf = (segment: string | null, of = model) => {
  const seen = inSegment(of, segment);
  return createEngine(seen, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(seen.factors),
    ranker: of === model ? createBlendRanker() : createRanker(seen),
    halfLifeDays: 90,
    random: () => 0.5,
  });
};
const firstIds = async (segment: string | null, itemId?: string) => {
  const engine = engineOf(segment);
  const liked = { weight: 1, timestamp: NOW_MS };
  const record = { positive: liked, negative: null, events: 1, impressions: 0, retired: null };
  const records = itemId ? [{ ...record, itemId, lastTimestamp: NOW_MS, hidden: false }] : [];
  const list = await engine.recommend(await engine.learn(records, NOW_MS), RULES);
  return { ids: list.map(({ row }) => model.ids[row]), sources: list.map(({ source }) => source) };
};

describe('segments', () => {
  it('are groups large enough to say something and small enough not to be everyone', () => {
    expect([...(model.segments?.byName.keys() ?? [])]).toEqual(['France', 'Spain']);
    expect(model.segments).toMatchObject({ column: 'Country' });
    expect(USERS['Malta']).toBeLessThan(LEAST_USERS);
  });

  it('show newcomers what is trending in theirs, before everyone’s', async () => {
    for (const segment of ['France', 'Spain']) {
      const { ids, sources } = await firstIds(segment);
      expect(ids.sort()).toEqual(CHOICES[segment].toSorted());
      expect(new Set(sources)).toEqual(new Set(['trending']));
    }
    const everyone = (await firstIds(null)).ids;
    expect(everyone.sort()).toEqual(CHOICES['elsewhere'].toSorted());
    for (const unknown of ['Malta', 'elsewhere', 'nowhere', '__proto__', '']) {
      expect((await firstIds(unknown)).ids.sort()).toEqual(everyone.sort());
    }
  });

  it('have their newcomers’ lists weighed by the learned blend, explained to the last part', async () => {
    const blended: Model = { ...model, manifest: { ...model.manifest, blend: defaultBlend() } };
    for (const segment of ['France', 'Spain', 'elsewhere']) {
      const engine = engineOf(segment, blended);
      const newcomer = await engine.learn([], NOW_MS);
      const list = await engine.recommend(newcomer, RULES);
      expect(list.map(({ row }) => model.ids[row]).sort()).toEqual(CHOICES[segment].toSorted());
      for (const { row, score } of list) {
        const { parts } = await engine.explain(row, newcomer);
        expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 10);
        expect(parts.map(({ signal }) => signal)).toContain('trending');
      }
    }
  });

  it('keep everyone’s counts as large as they are', () => {
    const sum = (counts: ArrayLike<number>) => Array.from(counts).reduce((a, b) => a + b, 0);
    const { newcomers, statistics } = inSegment(model, 'Spain');
    expect(sum(newcomers?.trending ?? [])).toBeCloseTo(sum(statistics.trending), 6);
    expect(inSegment(model, 'nowhere').newcomers).toBeUndefined();
  });

  it('leave `popular` the same for everyone', async () => {
    const [french, all] = [engineOf('France'), engineOf(null)];
    const newcomer = await all.learn([], NOW_MS);
    expect(await french.popular('trending', newcomer, RULES)).toEqual(
      await all.popular('trending', newcomer, RULES),
    );
  });

  it('give way to the first click', async () => {
    for (const segment of ['France', null]) {
      const { ids, sources } = await firstIds(segment, 'spade');
      expect(['rake', 'hoe']).toContain(ids[0]);
      expect(sources[0]).toBe('personal');
    }
  });

  it('start a newcomer from their mean user', async () => {
    const french = await engineOf('France').learn([], NOW_MS);
    const anyone = await engineOf(null).learn([], NOW_MS);
    const scoreOf = async (visitor: typeof french, id: string) =>
      (await engineOf(null).rank([model.rowOf.get(id) ?? -1], visitor, RULES))[0].score;
    expect(await scoreOf(french, 'teapot')).toBeGreaterThan(await scoreOf(anyone, 'teapot'));
    expect(await scoreOf(french, 'spade')).toBeLessThanOrEqual(await scoreOf(anyone, 'spade'));
  });
});

describe('a file of segments', () => {
  const good = {
    column: 'c',
    trendingUsers: 3,
    segments: [{ name: 'x', users: 20, prior: [1, 2], rows: [0, 1], counts: [5, 4] }],
  };
  const [segment] = good.segments;
  it.each([
    ['the file', []],
    ['column', { ...good, column: 1 }],
    ['trendingUsers', { ...good, trendingUsers: -1 }],
    ['segments', { ...good, segments: {} }],
    ['segments[0]', { ...good, segments: [null] }],
    ['segments[0].name', { ...good, segments: [{ ...segment, name: 7 }] }],
    ['segments[0].users', { ...good, segments: [{ ...segment, users: null }] }],
    ['segments[0].prior', { ...good, segments: [{ ...segment, prior: [1] }] }],
    ['segments[0].prior', { ...good, segments: [{ ...segment, prior: [1, null] }] }],
    ['segments[0].rows', { ...good, segments: [{ ...segment, rows: [0, 9] }] }],
    ['segments[0].rows', { ...good, segments: [{ ...segment, rows: 3 }] }],
    ['segments[0].counts', { ...good, segments: [{ ...segment, counts: [1] }] }],
  ])('is refused for its %s', (place, value) => {
    expect(() => decodeSegments(value, 2, 9, 'segments-1.json')).toThrow(
      `segments-1.json: ${place} must be`,
    );
  });

  it('is read', () => {
    expect(decodeSegments(good, 2, 9, 'f').byName.get('x')?.counts).toEqual(Float64Array.of(5, 4));
  });
});
