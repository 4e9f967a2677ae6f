import { describe, expect, it } from 'vitest';
import type { Objective } from '../objective.ts';
import { interactionsOf, twoTastes } from './fixtures.case.ts';
import { gramOf, GRAM_BLOCK_ROWS } from './gram.ts';
import { nearlyNormal, seededRandom } from './seededRandom.ts';
import { sparseFromInteractions } from './sparse.ts';
import { trainFactors, type TrainedFactors, type TrainingOptions } from './trainFactors.ts';

const IALS: Objective = { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 };
const options: TrainingOptions = { dim: 4, epochs: 5, objective: IALS, repeat: 'once', seed: 1 };

function dot(left: Float32Array, at: number, right: Float32Array, to: number, dim: number): number {
  let sum = 0;
  for (let f = 0; f < dim; f++) sum += left[at * dim + f] * right[to * dim + f];
  return sum;
}

describe('trainFactors', () => {
  const shop = twoTastes(60, 40, 12);

  it.each<Objective>([
    IALS,
    { convention: 'implicit', alpha: 40, lambda: 0.1 },
    { convention: 'spark', alpha: 1, lambda: 0.1 },
  ])('finds the two tastes that the data were made of: $convention', async (objective) => {
    const trained = await trainFactors(shop, { ...options, dim: 2, epochs: 10, objective });
    let right = 0;
    for (let user = 0; user < 60; user++) {
      const sums = [0, 0];
      shop.itemIds.forEach((id, item) => {
        sums[Number(id) % 2] += dot(trained.userFactors, user, trained.itemFactors, item, 2);
      });
      if (sums[user % 2] > sums[1 - (user % 2)]) right++;
    }
    expect(right).toBe(60);
  });

  it('lowers its objective from epoch to epoch', async () => {
    const users = sparseFromInteractions(shop, 'once');
    const loss = ({ userFactors, itemFactors }: TrainedFactors): number => {
      const itemCounts = new Float64Array(users.columns);
      for (const item of users.indices) itemCounts[item]++;
      let sum = 0;
      for (let user = 0; user < users.rows; user++) {
        for (let item = 0; item < users.columns; item++) {
          sum += IALS.alpha0 * dot(userFactors, user, itemFactors, item, 4) ** 2;
        }
        for (let entry = users.starts[user]; entry < users.starts[user + 1]; entry++) {
          sum += (1 - dot(userFactors, user, itemFactors, users.indices[entry], 4)) ** 2;
        }
        const n = users.starts[user + 1] - users.starts[user];
        const norm = dot(userFactors, user, userFactors, user, 4);
        sum += IALS.lambda * (n + IALS.alpha0 * users.columns) * norm;
      }
      for (let item = 0; item < users.columns; item++) {
        const norm = dot(itemFactors, item, itemFactors, item, 4);
        sum += IALS.lambda * (itemCounts[item] + IALS.alpha0 * users.rows) * norm;
      }
      return sum;
    };
    const losses: number[] = [];
    for (const epochs of [1, 2, 4, 8]) {
      losses.push(loss(await trainFactors(shop, { ...options, epochs })));
    }
    expect(losses).toEqual([...losses].sort((left, right) => right - left));
    expect(losses[3]).toBeLessThan(losses[0]);
  });

  it('is repeatable by its seed, and differs by it', async () => {
    const first = await trainFactors(shop, options);
    expect(await trainFactors(shop, options)).toEqual(first);
    expect(await trainFactors(shop, { ...options, seed: 2 })).not.toEqual(first);
  });

  it('gives the mean of the users as prior, leaving out those with nothing in favour', async () => {
    const rows = interactionsOf([
      ['ann', 'tea'],
      ['bob', 'cup'],
      ['eve', 'cup', -1],
    ]);
    const trained = await trainFactors(rows, { ...options, dim: 1 });
    const [ann, bob, eve] = trained.userFactors;
    expect(eve).toBe(0);
    expect(trained.prior[0]).toBeCloseTo((ann + bob) / 2, 12);
    expect(trained.pairs).toBe(3);
  });

  it('refuses options out of bounds and interactions that say nothing', async () => {
    await expect(trainFactors(shop, { ...options, dim: 0 })).rejects.toThrow(
      'dim must be a whole number in [1, 512] but got 0',
    );
    await expect(trainFactors(shop, { ...options, epochs: 0.5 })).rejects.toThrow(/epochs/);
    const nothing = interactionsOf([['ann', 'tea', 0]]);
    await expect(trainFactors(nothing, options)).rejects.toMatchObject({ code: 'no-rows' });
  });
});

describe('gramOf', () => {
  it('is YᵀY over several blocks', () => {
    const rows = GRAM_BLOCK_ROWS * 2 + 3;
    const random = seededRandom(3);
    const factors = Float32Array.from({ length: rows * 3 }, () => random() - 0.5);
    const gram = gramOf(factors, rows, 3);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += factors[row * 3 + i] * factors[row * 3 + j];
        expect(gram[i * 3 + j]).toBeCloseTo(sum, 9);
      }
    }
  });
});

describe('seededRandom', () => {
  it('gives numbers that look uniform, and nearly normal ones', () => {
    const random = seededRandom(1);
    const uniform = Array.from({ length: 20_000 }, random);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = uniform.filter((value) => Math.floor(value * 10) === tenth).length / 20_000;
      expect(share).toBeCloseTo(0.1, 1);
    }
    const normal = Array.from({ length: 20_000 }, () => nearlyNormal(random));
    const mean = normal.reduce((sum, value) => sum + value, 0) / 20_000;
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20_000;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
});
