import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../engine.ts';
import { createAlsLearner } from '../learners/als.ts';
import { createBlendRanker } from '../rankers/blend.ts';
import { createReferenceRetrieval } from '../retrieval/reference.ts';
import { trainFoldModel } from './foldModel.ts';
import { sottoEngine } from './sottoEngine.ts';
import { dayMs, tableOf } from './table.case.ts';

/** Two shops under one roof: half the users buy only a-items, the other half only b-items. */
const training = tableOf(
  Array.from({ length: 40 }, (_, user) =>
    Array.from(
      { length: 7 },
      (_, step) => `u${user} ${user % 2 ? 'a' : 'b'}${(user + step) % 8} ${step}`,
    ),
  )
    .flat()
    .join('\n'),
);
const item = (id: string) => training.itemIds.indexOf(id);
const event = (id: string, day: number) => ({ item: item(id), weight: 2, timestamp: dayMs(day) });

let engine: Engine;
beforeAll(async () => {
  const model = await trainFoldModel(training, {
    dim: 2,
    epochs: 8,
    objective: { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 },
    repeat: 'once',
    seed: 1,
    halfLifeDays: 10,
    trendingDays: 60,
  });
  engine = createEngine(model, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(model.factors),
    ranker: createBlendRanker(0),
    halfLifeDays: 10,
    random: () => 0.5,
  });
});

describe('sottoEngine', () => {
  const list = async (halfLifeDays: number | null, count: number, ...ids: [string, number][]) => {
    const evaluated = sottoEngine('default', engine, training.itemIds, halfLifeDays);
    const history = ids.map(([id, day]) => event(id, day));
    const items = await evaluated.recommend(history, dayMs(101), count);
    return Array.from(items, (index) => training.itemIds[index]);
  };

  it('recommends from the side that the history is on, less what was seen', async () => {
    const fromA = await list(10, 6, ['a0', 100], ['a1', 100]);
    expect(fromA.length).toBe(6);
    expect(fromA.every((id) => id.startsWith('a') && id !== 'a0' && id !== 'a1')).toBe(true);
    const fromB = await list(10, 6, ['b3', 100]);
    expect(fromB.every((id) => id.startsWith('b') && id !== 'b3')).toBe(true);
  });

  it('forgets with age', async () => {
    // Ten half-lives lie between the two days.
    const recent = await list(10, 3, ['a0', 0], ['a1', 0], ['b3', 100]);
    expect(recent.every((id) => id.startsWith('b'))).toBe(true);
  });

  it('does not fill up with what was seen', async () => {
    const all = await list(10, 16, ['a0', 100], ['b0', 100]);
    expect(all.length).toBe(14);
    expect(new Set(all).size).toBe(14);
    expect(all).not.toContain('a0');
    expect(all).not.toContain('b0');
  });
});
