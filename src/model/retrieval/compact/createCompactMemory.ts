/**
 * @module
 * The kernel's memory for a compact model: its finer codes are decoded into it, and the 4-bit ones
 * of the first stage made from them.
 */
import { createCompactKernel } from '../../kernels/compactKernel.ts';
import type { ItemFactors } from '../../model.ts';
import type { RankingWasm, RetrievalMemory, RetrievalShape } from '../memory.ts';
import { codeBytes, encodeCodes } from './encodeCodes.ts';
import type { CompactItems } from './firstStage.ts';
import { createCompactRetrieval } from './wasm.ts';

/** @throws {SottoError} `wasm-unavailable`. */
export async function createCompactMemory(
  wasm: RankingWasm,
  shape: RetrievalShape,
): Promise<RetrievalMemory> {
  const kernel = await createCompactKernel(wasm, shape);
  return {
    target: kernel.factors,
    open: ({ factors, centroids }) =>
      createCompactRetrieval(kernel, compactItemsOf(factors, centroids, kernel.codes)),
  };
}

/** @param codes - where the 4-bit codes go, zeroed. */
export function compactItemsOf(
  factors: ItemFactors,
  centroids: Float32Array | null,
  codes: Uint8Array = new Uint8Array(codeBytes(factors.rows, factors.dim)),
): CompactItems {
  // parseManifest lets no compact model pass without them.
  const its = centroids as Float32Array;
  return { factors, centroids: its, codes: encodeCodes(factors, its, codes) };
}
