import { describe, expect, it } from 'vitest';
import type { Interactions } from '../src/model/interactions.ts';
import { twoTastes } from '../src/model/training/fixtures.case.ts';
import { trainFactors, type TrainingOptions } from '../src/model/training/trainFactors.ts';
import { trainNeighbours } from '../src/model/training/neighbours/trainNeighbours.ts';
import { createThreadedTrainer } from './threadedTrainer.ts';
import { createThreadedWorkshop } from './threadedWorkshop.ts';

const options: TrainingOptions = {
  dim: 6,
  epochs: 3,
  objective: { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 },
  repeat: 'once',
  seed: 1,
};

describe('createThreadedWorkshop', () => {
  const shop: Interactions = twoTastes(700, 600, 8);

  it('gives the same bits on one thread, on three, and without any', async () => {
    const inline = await trainFactors(shop, options);
    for (const threads of [1, 3]) {
      const rows: number[] = [];
      const workshop = createThreadedWorkshop(threads, ({ totalRows }) => rows.push(totalRows));
      try {
        const trained = await trainFactors(shop, options, workshop);
        expect(
          Buffer.from(trained.itemFactors.buffer).equals(Buffer.from(inline.itemFactors.buffer)),
        ).toBe(true);
        expect(trained.prior).toEqual(inline.prior);
      } finally {
        await workshop.close();
      }
      expect(rows).toEqual([...rows].sort((left, right) => left - right));
      const { userIds, itemIds } = shop;
      expect(rows.at(-1)).toBe(3 * (userIds.length + itemIds.length) + userIds.length);
    }
  });

  it('hands on what a thread throws', async () => {
    const workshop = createThreadedWorkshop(2);
    const impossible = {
      ...options,
      dim: 200,
      objective: { ...options.objective, lambda: 0, alpha0: 0 },
    };
    try {
      await expect(
        trainFactors(twoTastes(20, 20, 2), impossible as TrainingOptions, workshop),
      ).rejects.toMatchObject({ name: 'SottoError', code: 'not-finite' });
    } finally {
      await workshop.close();
    }
  });
});

describe('createThreadedTrainer', () => {
  it('finds the same neighbours, bit for bit, as one thread in plain JavaScript', async () => {
    const shop = twoTastes(300, 200, 8);
    const inline = trainNeighbours(shop, options);
    expect(inline.rows.length).toBeGreaterThan(1000);
    for (const threads of [1, 3]) {
      const found = await createThreadedTrainer(threads).neighbours(shop, options);
      expect(found).toEqual(inline);
    }
  });
});
