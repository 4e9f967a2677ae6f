import { describe, expect, it } from 'vitest';
import { strongFold } from './strong.ts';
import { tableOf } from './table.case.ts';

const items = Array.from({ length: 10 }, (_, item) => `i${item}`);
const log = tableOf(
  [
    ...items.map((item, day) => `ben ${item} ${day}`),
    ...items.map((item, day) => `anna ${item} ${day + 100}`),
    'anna i0 200',
    'anna unknown 201',
    ...items.slice(0, 4).map((item, day) => `dora ${item} ${day}`),
  ].join('\n'),
);
const folds = Int32Array.from(log.userIds, (id) => (id === 'ben' ? 1 : 0));

describe('strongFold', () => {
  const fold = strongFold(log, folds, 0, 1);

  it('folds four fifths of the known items in and asks for the rest', () => {
    // Dora has fewer than five items; Anna's unknown one is not asked for.
    expect(fold.cases.length).toBe(1);
    const [asked] = fold.cases;
    const told = new Set(asked.history.map((event) => event.item));
    expect(told.size).toBe(8);
    expect(asked.targets.length).toBe(2);
    expect(new Set([...told, ...asked.targets]).size).toBe(10);
    expect([...asked.targets].every((target) => !told.has(target))).toBe(true);
  });

  it('splits by the seed, and only by it', () => {
    const split = (seed: number) => [...strongFold(log, folds, 0, seed).cases[0].targets].join();
    expect(split(1)).toBe(split(1));
    const splits = new Set(Array.from({ length: 20 }, (_, seed) => split(seed)));
    expect(splits.size).toBeGreaterThan(5);
  });
});
