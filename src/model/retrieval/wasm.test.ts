import { readKernels } from '../../../scripts/buildKernels.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import { describeRetrievalEngine } from './contract.case.ts';
import { createWasmRetrieval } from './wasm.ts';

const module = await WebAssembly.compile(await readKernels());

describeRetrievalEngine('wasm', async (factors) => {
  const kernel = await createRankingKernel(module, factors);
  kernel.factors.set(factors.values);
  return createWasmRetrieval(kernel, { ...factors, values: kernel.factors });
});
