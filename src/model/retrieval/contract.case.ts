/**
 * @module
 * What every retrieval engine must do, on data whose right answer is known, and in agreement with
 * a sort of all scores.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemFactors } from '../model.ts';
import { itemFactors } from '../testing/itemFactors.ts';
import { inverseNorms } from './inverseNorms.ts';
import { quantiseQuery } from './quantiseQuery.ts';
import type { RetrievalEngine, TopK, TopKQuery } from './types.ts';

type CreateEngine = (factors: ItemFactors) => Promise<RetrievalEngine> | RetrievalEngine;

/** @param runs - random shapes to try; fewer where an engine is slow to create. */
export function describeRetrievalEngine(name: string, create: CreateEngine, runs = 300): void {
  describe(`retrieval engine ${name}`, () => {
    const factors = itemFactors([
      [4, 3],
      [0, 4],
      [3, 0],
      [0, 0],
    ]);
    const query = (part: Partial<TopKQuery>): TopKQuery => ({
      vector: Float64Array.of(1, 0),
      k: 2,
      mask: null,
      measure: 'inner-product',
      ...part,
    });

    it('finds the rows with the largest inner product', async () => {
      const engine = await create(factors);
      const { rows, scores } = await engine.topK(query({}));
      expect([...rows]).toEqual([0, 2]);
      expect(scores[0]).toBeCloseTo(4, 3);
      expect(scores[1]).toBeCloseTo(3, 3);
    });

    it('finds the rows with the largest cosine', async () => {
      const engine = await create(factors);
      const { rows, scores } = await engine.topK(query({ measure: 'cosine' }));
      expect([...rows]).toEqual([2, 0]);
      expect(scores[0]).toBeCloseTo(1, 3);
      expect(scores[1]).toBeCloseTo(0.8, 3);
    });

    it('settles equal scores by row', async () => {
      const engine = await create(itemFactors([[1], [2], [2], [2], [1], [2]]));
      const { rows } = await engine.topK(query({ vector: Float64Array.of(1), k: 3 }));
      expect([...rows]).toEqual([1, 2, 3]);
    });

    it('keeps masked rows out and fills their places', async () => {
      const engine = await create(factors);
      const { rows } = await engine.topK(query({ mask: Uint8Array.of(0b0001), k: 2 }));
      expect([...rows]).toEqual([2, 1]);
    });

    it('forgets the mask of the call before', async () => {
      const engine = await create(factors);
      await engine.topK(query({ mask: Uint8Array.of(0b1111) }));
      expect((await engine.topK(query({ k: 4 }))).rows).toHaveLength(4);
    });

    it('returns fewer only when fewer are unmasked', async () => {
      const engine = await create(factors);
      expect((await engine.topK(query({ k: 100 }))).rows).toHaveLength(4);
      expect((await engine.topK(query({ k: 100, mask: Uint8Array.of(0b1011) }))).rows).toHaveLength(
        1,
      );
      expect((await engine.topK(query({ mask: Uint8Array.of(0b1111) }))).rows).toHaveLength(0);
    });

    it('answers a query of zeros with the first rows, scored 0', async () => {
      const engine = await create(factors);
      const { rows, scores } = await engine.topK(query({ vector: new Float64Array(2) }));
      expect([...rows]).toEqual([0, 1]);
      expect([...scores]).toEqual([0, 0]);
    });

    it('answers over no items with nothing', async () => {
      const engine = await create(itemFactors([], 2));
      expect((await engine.topK(query({}))).rows).toHaveLength(0);
    });

    it.each([
      [
        'a vector of another length',
        { vector: new Float64Array(3) },
        'query must be of length 2 but got 3',
      ],
      [
        'a vector that is not finite',
        { vector: Float64Array.of(1, NaN) },
        'query[1] must be finite',
      ],
      ['a k of 0', { k: 0 }, 'k must be a whole number from 1 but got 0'],
      ['a k that is not whole', { k: 1.5 }, 'k must be a whole number'],
      ['a mask too short', { mask: new Uint8Array(0) }, 'mask must be of length 1 but got 0'],
    ])('refuses %s', async (_, part, message) => {
      const engine = await create(factors);
      await expect((async () => engine.topK(query(part)))()).rejects.toThrow(message);
    });

    it('agrees with a sort of all scores, whatever the shape', async () => {
      await fc.assert(
        fc.asyncProperty(shapes, async ({ values, dim, vector, k, masked, measure }) => {
          const random = itemFactors(values, dim);
          const mask = new Uint8Array(Math.ceil(random.rows / 8));
          for (const row of masked) if (row < random.rows) mask[row >> 3] |= 1 << (row & 7);
          const asked = { vector: Float64Array.from(vector), k, mask, measure };
          const engine = await create(random);
          expect(await engine.topK(asked)).toEqual(bySorting(random, asked));
        }),
        { numRuns: runs, seed: 7 },
      );
    });

    it.each([255, 256, 257, 1023])('agrees with a sort over %i rows', async (rows) => {
      const random = fc.sample(
        fc.array(fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 20, maxLength: 20 }), {
          minLength: rows,
          maxLength: rows,
        }),
        { numRuns: 1, seed: rows },
      )[0];
      const some = itemFactors(random, 20);
      const engine = await create(some);
      for (const measure of ['inner-product', 'cosine'] as const) {
        const vector = Float64Array.from({ length: 20 }, (_, f) => Math.sin(f + rows));
        const asked = { vector, k: 50, mask: null, measure };
        expect(await engine.topK(asked)).toEqual(bySorting(some, asked));
      }
    });

    // Kernels have code of their own for rows of 64 bytes.
    it.each([63, 64, 65, 128])('agrees with a sort over 301 rows of %i columns', async (dim) => {
      const some = itemFactors(
        Array.from({ length: 301 }, (_, row) =>
          Array.from({ length: dim }, (_, f) =>
            Math.round((120 * Math.sin((row * dim + f) * 12.9898)) / (1 + Math.floor(row / 60))),
          ),
        ),
        dim,
      );
      const engine = await create(some);
      const vector = Float64Array.from({ length: dim }, (_, f) => Math.cos(f * 1.7));
      const everyThird = new Uint8Array(38).fill(0b0100_1001);
      for (const measure of ['inner-product', 'cosine'] as const) {
        for (const mask of [null, everyThird]) {
          for (const k of [1, 50, 150, 299, 301]) {
            const asked = { vector, k, mask, measure };
            expect(await engine.topK(asked)).toEqual(bySorting(some, asked));
          }
        }
      }
    });

    // Flat norms: kernels then begin with what a sample of the blocks holds.
    it.each([
      ['evenly', () => 0],
      ['among the first of every sixteen blocks', (row: number) => Number((row >> 2) % 16 === 0)],
      ['among the others', (row: number) => Number((row >> 2) % 16 !== 0)],
    ])('agrees with a sort over 2001 rows of one norm, the best spread %s', async (_, isBest) => {
      const dim = 64;
      const vector = Float64Array.from({ length: dim }, (_, f) => Math.cos(f * 1.7) ** 3);
      const some = itemFactors(
        Array.from({ length: 2001 }, (_, row) =>
          Array.from({ length: dim }, (_, f) => {
            const along = isBest(row) && (row * 31 + f * 7) % 11 > 3;
            const sign = along ? Math.sign(vector[f]) : Math.sign(Math.sin((row * dim + f) * 12.9));
            // A sixteenth of the values reach int8's end, which no other test's sums do.
            return sign * (f % 16 === row % 16 ? 127 : 40 + (f % 3));
          }).map((value) => value || 1),
        ),
        dim,
      );
      const engine = await create(some);
      const mask = new Uint8Array(251).fill(0b0110_1001);
      for (const asked of [
        ...[1, 5, 30, 50].map((k) => query({ vector, k })),
        query({ vector, k: 20, mask }),
        query({ vector, k: 20, mask: new Uint8Array(251).fill(0xff).fill(0, 99, 100) }),
        query({ vector: vector.map((value, f) => (f === 9 ? 1000 : value)), k: 20 }),
        query({ vector: vector.map(Math.sign), k: 20 }),
        query({ vector: new Float64Array(dim), k: 20 }),
        query({ vector, k: 20, measure: 'cosine' }),
      ]) {
        expect(await engine.topK(asked)).toEqual(bySorting(some, asked));
      }
    });

    it('agrees with a sort where every sum is as large as it can be', async () => {
      const dim = 64;
      const signs = Array.from({ length: dim }, (_, f) => (f % 3 ? 1 : -1));
      const some = itemFactors(
        Array.from({ length: 150 }, (_, row) =>
          signs.map((sign, f) => (f < row % 60 ? -128 : sign < 0 ? -128 : 127)),
        ),
        dim,
      );
      const engine = await create(some);
      for (const vector of [Float64Array.from(signs), Float64Array.from(signs, (sign) => -sign)]) {
        for (const k of [1, 10, 70]) {
          const asked = query({ vector, k });
          expect(await engine.topK(asked)).toEqual(bySorting(some, asked));
        }
      }
    });
  });
}

const shapes = fc
  .record({ rows: fc.integer({ min: 1, max: 40 }), dim: fc.integer({ min: 1, max: 37 }) })
  .chain(({ rows, dim }) =>
    fc.record({
      dim: fc.constant(dim),
      // Few distinct values, so that ties are common.
      values: fc.array(
        fc.array(fc.constantFrom(-127, -1, 0, 0, 1, 2, 127), { minLength: dim, maxLength: dim }),
        { minLength: rows, maxLength: rows },
      ),
      vector: fc.array(fc.constantFrom(-1e6, -1, 0, 0.5, 1, 3), { minLength: dim, maxLength: dim }),
      k: fc.integer({ min: 1, max: 50 }),
      masked: fc.array(fc.integer({ min: 0, max: 40 })),
      measure: fc.constantFrom('inner-product' as const, 'cosine' as const),
    }),
  );

function bySorting(factors: ItemFactors, query: TopKQuery): TopK {
  const { values, scale } = quantiseQuery(factors, query);
  const inverses = inverseNorms(factors);
  const scored: { row: number; sum: number }[] = [];
  for (let row = 0; row < factors.rows; row++) {
    if (query.mask !== null && (query.mask[row >> 3] >> (row & 7)) & 1) continue;
    let sum = 0;
    for (let f = 0; f < factors.dim; f++)
      sum += factors.values[row * factors.stride + f] * values[f];
    scored.push({ row, sum: query.measure === 'cosine' ? sum * inverses[row] : sum });
  }
  scored.sort((left, right) => right.sum - left.sum || left.row - right.row);
  const best = scored.slice(0, query.k);
  return {
    rows: Int32Array.from(best, ({ row }) => row),
    scores: Float64Array.from(best, ({ sum }) => sum * scale),
  };
}
