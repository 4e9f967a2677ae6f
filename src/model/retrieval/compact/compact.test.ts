import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKernels } from '../../../../scripts/buildKernels.ts';
import { createCompactKernel } from '../../kernels/compactKernel.ts';
import type { ItemFactors } from '../../model.ts';
import { itemFactors } from '../../testing/itemFactors.ts';
import { trainCodebooks } from '../../training/codebooks.ts';
import { describeRetrievalEngine } from '../contract.case.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import { compactItemsOf, createCompactMemory } from './createCompactMemory.ts';
import { codeBytes, encodeCodes } from './encodeCodes.ts';
import { createCompactReference } from './reference.ts';
import { createCompactRetrieval } from './wasm.ts';

const compiled = await WebAssembly.compile(await readKernels('sotto-kernels-compact.wasm'));

/** Every run trains codebooks. */
const RUNS = 50;

type CountFor = (k: number) => number;

function referenceOf(factors: ItemFactors, countFor?: CountFor): ImmediateRetrievalEngine {
  const { values, rows, stride, dim } = factors;
  const centroids = trainCodebooks(values, rows, stride, dim);
  const codes = encodeCodes(factors, centroids, new Uint8Array(codeBytes(rows, dim)));
  return createCompactReference({ factors, codes, centroids }, countFor);
}

async function kernelOf(
  factors: ItemFactors,
  countFor?: CountFor,
): Promise<ImmediateRetrievalEngine> {
  const { values, rows, stride, dim } = factors;
  const kernel = await createCompactKernel(compiled, factors);
  kernel.factors.set(values);
  const centroids = trainCodebooks(values, rows, stride, dim);
  const codes = encodeCodes(factors, centroids, kernel.codes);
  const own = { ...factors, values: kernel.factors };
  return createCompactRetrieval(kernel, { factors: own, codes, centroids }, countFor);
}

// With every row a candidate, the second stage must make the list exact.
describeRetrievalEngine('compact, typescript', (factors) => referenceOf(factors, () => 4096), RUNS);
describeRetrievalEngine('compact, wasm', (factors) => kernelOf(factors, () => 4096), RUNS);

describe('compact engines', () => {
  it('give the same list, whatever the codes misplace', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rows: fc.integer({ min: 1, max: 150 }),
          dim: fc.integer({ min: 1, max: 40 }),
          seed: fc.integer({ min: 1, max: 1e6 }),
          k: fc.integer({ min: 1, max: 20 }),
          spare: fc.integer({ min: 0, max: 15 }),
          measure: fc.constantFrom('inner-product' as const, 'cosine' as const),
          masked: fc.array(fc.integer({ min: 0, max: 150 })),
          coarse: fc.boolean(),
        }),
        async ({ rows, dim, seed, k, spare, measure, masked, coarse }) => {
          // Few distinct values make ties; halves of the first rows make norms that differ.
          const wave = (at: number) => Math.sin(at * 12.9898 + seed) * (coarse ? 2.4 : 120);
          const some = itemFactors(
            Array.from({ length: rows }, (_, row) =>
              Array.from({ length: dim }, (_, f) =>
                Math.round(wave(row * dim + f) / (1 + Math.floor(row / 40))),
              ),
            ),
            dim,
          );
          const mask = new Uint8Array(Math.ceil(rows / 8));
          for (const row of masked) if (row < rows) mask[row >> 3] |= 1 << (row & 7);
          const vector = Float64Array.from({ length: dim }, (_, f) => Math.cos(f * 1.7 + seed));
          const asked = { vector, k, mask, measure };
          const countFor = (wanted: number) => wanted + spare;
          const expected = referenceOf(some, countFor).topK(asked);
          expect((await kernelOf(some, countFor)).topK(asked)).toEqual(expected);
        },
      ),
      { numRuns: RUNS, seed: 11 },
    );
  });

  it('find nearly all of the exact list where directions cluster', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) =>
      Array.from({ length: 16 }, (_, f) =>
        Math.round((60 * Math.sin(f * (1 + (row % 23)) + row * 0.001)) / (1 + row / 1000)),
      ),
    );
    const some = itemFactors(rows, 16);
    const vector = Float64Array.from({ length: 16 }, (_, f) => Math.cos(f * 3.1));
    const asked = { vector, k: 50, mask: null, measure: 'inner-product' as const };
    const exact = referenceOf(some, () => 4096).topK(asked).rows;
    const found = new Set((await kernelOf(some)).topK(asked).rows);
    expect(exact.filter((row) => found.has(row)).length).toBeGreaterThanOrEqual(48);
  });

  it.each([
    ['evenly', () => 1],
    // Every sixteenth group of 32, which the kernel looks at first, and then promises too much.
    ['among the rows looked at first', (row: number) => ((row >> 5) % 16 === 0 ? 3 : 1)],
    ['among the others', (row: number) => ((row >> 5) % 16 === 0 ? 1 : 3)],
    // Where norms are flat it looks at every sixteenth 256 first.
    ['hardly, in the sample', (row: number) => ((row >> 8) % 16 === 0 ? 1.03 : 1)],
    ['hardly, outside of it', (row: number) => ((row >> 8) % 16 === 0 ? 1 : 1.03)],
  ])('give the same list of many rows, the best of them spread %s', async (_, strength) => {
    const dim = 10;
    const rows = 4001;
    const some = itemFactors(
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: dim }, (_, f) =>
          Math.round(12 * strength(row) * Math.sin((row * dim + f) * 12.9898)),
        ),
      ),
      dim,
    );
    // Of norms that the kernel takes for flat, unless the best are three times as strong.
    const flat = itemFactors(
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: dim }, (_, f) =>
          Math.round(100 * strength(row) * Math.sign(Math.sin((row * dim + f) * 12.9898))),
        ),
      ),
      dim,
    );
    const half = new Uint8Array(Math.ceil(rows / 8)).fill(0b0110_1001);
    const nearlyAll = new Uint8Array(Math.ceil(rows / 8)).fill(0xff);
    nearlyAll[77] = 0;
    const countFor = (k: number): number => k + 15;
    for (const its of [some, flat]) {
      const [reference, kernel] = [referenceOf(its, countFor), await kernelOf(its, countFor)];
      for (const mask of [null, half, nearlyAll]) {
        for (const measure of ['inner-product', 'cosine'] as const) {
          const vector = Float64Array.from({ length: dim }, (_, f) => Math.cos(f * 1.7));
          const asked = { vector, k: 20, mask, measure };
          expect(kernel.topK(asked)).toEqual(reference.topK(asked));
        }
      }
    }
  });

  it('open in steps, and are then what they are when opened at once', async () => {
    const rows = 40_000;
    const values = Int8Array.from({ length: rows * 16 }, (_, at) =>
      Math.round(90 * Math.sin(at * at)),
    );
    const some: ItemFactors = {
      ...{ ...itemFactors([[]], 16), rows, blockRows: 256 },
      ...{ values, blockNorms: new Float64Array(Math.ceil(rows / 256)).fill(360) },
    };
    const centroids = trainCodebooks(values, rows, 16, 16);
    const memory = await createCompactMemory(compiled, { ...some, kind: 'pq4' });
    memory.target.set(values);
    let pauses = 0;
    const engine = await memory.open(
      { factors: { ...some, values: memory.target }, centroids },
      () => {
        pauses++;
        return Promise.resolve();
      },
    );
    // 1,250 groups, and eight grids.
    expect(pauses).toBe(3);
    const asked = { vector: new Float64Array(16).fill(1), k: 20, mask: null };
    for (const measure of ['inner-product', 'cosine'] as const) {
      const expected = createCompactReference(compactItemsOf(some, centroids)).topK({
        ...asked,
        measure,
      });
      expect(engine.topK({ ...asked, measure })).toEqual(expected);
    }
  });

  it('score every row when more is asked for than candidates can hold', async () => {
    const some = itemFactors(Array.from({ length: 5000 }, (_, row) => [(row % 100) - 50]));
    const asked = { vector: Float64Array.of(1), k: 5000, mask: null, measure: 'cosine' as const };
    expect((await kernelOf(some)).topK(asked).rows).toHaveLength(5000);
  });
});
