import { describe, expect, it } from 'vitest';
import { readKernels } from '../../../../scripts/buildKernels.ts';
import type { ItemFactors } from '../../model.ts';
import { itemFactors } from '../../testing/itemFactors.ts';
import { trainCodebooks } from '../../training/codebooks.ts';
import { createReferenceRetrieval } from '../reference.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import {
  compactItemsOf,
  createCompactMemory,
  createReadableCompact,
} from './createCompactMemory.ts';
import { createCompactReference } from './reference.ts';
import { suitsExact } from './suitsExact.ts';

const DIM = 16;
const compiled = await WebAssembly.compile(await readKernels('sotto-kernels-compact.wasm'));

/** @param strength - of a row, in (0, 1], descending. */
function falling(rows: number, strength: (row: number) => number): ItemFactors {
  return itemFactors(
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: DIM }, (_, f) =>
        Math.round(100 * strength(row) * Math.sign(Math.sin((row * DIM + f) * 12.9898))),
      ),
    ),
    DIM,
  );
}

const heavyTailed = falling(3001, (row) => 1 / (1 + row / 60));
const gentle = falling(3001, (row) => 1 - row / 12_000);
const flat = falling(3001, () => 1);

const suits = (factors: ItemFactors): boolean =>
  suitsExact(createReferenceRetrieval(factors), factors);

async function opened(factors: ItemFactors): Promise<ImmediateRetrievalEngine> {
  const { values, rows, stride, dim } = factors;
  const memory = await createCompactMemory(compiled, { ...factors, kind: 'pq4' });
  memory.target.set(values);
  const centroids = trainCodebooks(values, rows, stride, dim);
  return memory.open({ factors: { ...factors, values: memory.target }, centroids });
}

const questions = (['inner-product', 'cosine'] as const).flatMap((measure) =>
  [null, new Uint8Array(376).fill(0b0110_1001)].map((mask) => ({
    ...{ measure, mask, k: 20 },
    vector: Float64Array.from({ length: DIM }, (_, f) => Math.cos(f * 1.7)),
  })),
);

describe('the exact scan in place of two stages', () => {
  it('suits norms that fall steeply, and no others', () => {
    expect([heavyTailed, gentle, flat, falling(0, () => 1)].map(suits)).toEqual([
      ...[true, false, false, false],
    ]);
  });

  it('suits no rows of zeros', () => {
    expect(suits(itemFactors(Array.from({ length: 40 }, () => [0, 0])))).toBe(false);
  });

  it('serves where it suits', async () => {
    const engine = await opened(heavyTailed);
    const exact = createReferenceRetrieval(heavyTailed);
    for (const asked of questions) expect(engine.topK(asked)).toEqual(exact.topK(asked));
  });

  it('leaves nothing behind in the memory where it does not', async () => {
    for (const factors of [gentle, flat]) {
      const { values, rows, stride, dim } = factors;
      const centroids = trainCodebooks(values, rows, stride, dim);
      const engine = await opened(factors);
      const reference = createCompactReference(compactItemsOf(factors, centroids));
      const readable = createReadableCompact(factors, centroids);
      for (const asked of questions) {
        expect(engine.topK(asked)).toEqual(reference.topK(asked));
        expect(readable.topK(asked)).toEqual(reference.topK(asked));
      }
    }
  });
});
