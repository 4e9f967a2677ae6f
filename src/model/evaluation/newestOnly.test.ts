import { expect, it } from 'vitest';
import { newestOnly } from './newestOnly.ts';
import type { EvaluatedEngine, SeenEvent } from './types.ts';

it('tells the newest events alone, and still lists nothing that was seen', async () => {
  const history = [4, 1, 4, 2].map((item): SeenEvent => ({ item, weight: 1, timestamp: item }));
  const told: number[][] = [];
  const counting: EvaluatedEngine = {
    name: 'counting',
    recommend(events, _nowMs, count, taken) {
      told.push(events.map((event) => event.item));
      return Array.from({ length: 20 }, (_, item) => item)
        .filter((item) => !taken!.has(item))
        .slice(0, count);
    },
  };
  const engine = newestOnly(counting, 2);
  expect(engine.name).toBe('counting, newest 2');
  expect(await engine.recommend(history, 9, 4)).toEqual([0, 3, 5, 6]);
  expect(told).toEqual([[4, 2]]);
  // Told nothing, it answers from what it knows of everyone.
  expect(await newestOnly(counting, 0).recommend(history, 9, 4)).toEqual([0, 3, 5, 6]);
  expect(told.at(-1)).toEqual([]);
});
