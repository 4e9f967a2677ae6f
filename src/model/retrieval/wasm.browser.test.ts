/**
 * @module
 * The build with relaxed SIMD, which looks at rows of 64 bytes twice; only a browser has it.
 */
import { createCompactKernel } from '../kernels/compactKernel.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import { trainCodebooks } from '../training/codebooks.ts';
import { encodeCodes } from './compact/encodeCodes.ts';
import { createCompactRetrieval } from './compact/wasm.ts';
import { describeRetrievalEngine } from './contract.case.ts';
import { createWasmRetrieval } from './wasm.ts';

const compiled = (name: string) =>
  WebAssembly.compileStreaming(fetch(`/dist/sotto-kernels${name}.wasm`));
const exact = await compiled('-relaxed');
const compact = await compiled('-compact-relaxed');

describeRetrievalEngine('wasm, relaxed SIMD', async (factors) => {
  const kernel = await createRankingKernel(exact, factors);
  kernel.factors.set(factors.values);
  return createWasmRetrieval(kernel, { ...factors, values: kernel.factors });
});

/** Every run trains codebooks. */
const RUNS = 20;

describeRetrievalEngine(
  'compact, relaxed SIMD',
  async (factors) => {
    const { values, rows, stride, dim } = factors;
    const kernel = await createCompactKernel(compact, factors);
    kernel.factors.set(values);
    const centroids = trainCodebooks(values, rows, stride, dim);
    const codes = encodeCodes(factors, centroids, kernel.codes);
    const own = { ...factors, values: kernel.factors };
    // With every row a candidate, the second stage must make the list exact.
    return createCompactRetrieval(kernel, { factors: own, codes, centroids }, () => 4096);
  },
  RUNS,
);
