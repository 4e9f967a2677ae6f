import { describe, expect, it } from 'vitest';
import { seededRandom } from '../training/seededRandom.ts';
import { hashText, shuffle } from './random.ts';
import { assignFolds } from './userFolds.ts';

describe('seededRandom', () => {
  it('is even over [0, 1)', () => {
    const random = seededRandom(1);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) tenths[Math.floor(random() * 10)]++;
    // Nine degrees of freedom: 27.9 is passed once in a thousand seeds.
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('repeats by seed', () => {
    const draws = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
  });
});

it('shuffle reaches every order about equally often', () => {
  const random = seededRandom(5);
  const orders = new Map<string, number>();
  for (let trial = 0; trial < 6000; trial++) {
    const order = shuffle([1, 2, 3], random).join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  expect(orders.size).toBe(6);
  for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
});

describe('assignFolds', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(12_000 + index));

  it('spreads neighbouring ids evenly', () => {
    const counts = new Array<number>(5).fill(0);
    for (const fold of assignFolds(ids, 5, 1)) counts[fold]++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(170);
  });

  it('depends on the id and the seed alone', () => {
    const [whole, part] = [assignFolds(ids, 5, 1), assignFolds(ids.slice(500), 5, 1)];
    expect([...part]).toEqual([...whole.slice(500)]);
    expect([...assignFolds(ids, 5, 2)]).not.toEqual([...whole]);
    expect(hashText('12345', 1)).not.toBe(hashText('12345', 2));
  });

  it('refuses a single fold: nobody would be left to train on', () => {
    expect(() => assignFolds(ids, 1, 1)).toThrow('folds must be a whole number in [2, 1000]');
  });
});
