/**
 * @module
 * The build with relaxed SIMD, which looks at rows of 64 bytes twice: only a browser has it.
 */
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import { describeRetrievalEngine } from './contract.case.ts';
import { createWasmRetrieval } from './wasm.ts';

const module = await WebAssembly.compileStreaming(fetch('/dist/sotto-kernels-relaxed.wasm'));

describeRetrievalEngine('wasm, relaxed SIMD', async (factors) => {
  const kernel = await createRankingKernel(module, factors);
  kernel.factors.set(factors.values);
  return createWasmRetrieval(kernel, { ...factors, values: kernel.factors });
});
