import { expect, test } from 'vitest';
import { readKernels } from '../../../scripts/buildKernels.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import { itemFactors } from '../testing/itemFactors.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { isFaster } from './isFaster.ts';
import { createReferenceRetrieval } from './reference.ts';
import { createWasmRetrieval } from './wasm.ts';

const random = seededRandom(1);
const factors = itemFactors(
  Array.from({ length: 20_000 }, () =>
    Array.from({ length: 64 }, () => Math.round(random() * 254 - 127)),
  ),
);
const model = { factors, prior: Float64Array.from({ length: 64 }, () => random() - 0.5) };
const kernel = await createRankingKernel(await readKernels(), factors);
kernel.factors.set(factors.values);
const wasm = createWasmRetrieval(kernel, { ...factors, values: kernel.factors });
const typescript = createReferenceRetrieval(factors);
const now = () => performance.now();

test('knows the SIMD kernel from the plain loop', async () => {
  expect(await isFaster(wasm, typescript, model, 0.8, now)).toBe(true);
  expect(await isFaster(typescript, wasm, model, 1, now)).toBe(false);
});

test('an engine that answers later counts until its answer is there', async () => {
  const late = {
    ...wasm,
    topK: async (query: Parameters<typeof wasm.topK>[0]) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return wasm.topK(query);
    },
  };
  expect(await isFaster(late, typescript, model, 1, now)).toBe(false);
});

test('a model of one item has a median too', async () => {
  const one = itemFactors([[1, 2]]);
  const engine = createReferenceRetrieval(one);
  const of = { factors: one, prior: Float64Array.of(1, 0) };
  // By a clock that stands still both take 0 ms.
  expect(await isFaster(engine, engine, of, 1, () => 0)).toBe(true);
});
