/**
 * @module
 * The kernel's memory for a compact model: its finer codes are decoded into it, and, unless the
 * exact scan of those suits the model better, the 4-bit ones of the first stage made from them.
 */
import { createCompactKernel } from '../../kernels/compactKernel.ts';
import type { ItemFactors } from '../../model.ts';
import { createWasmRetrieval } from '../wasm.ts';
import type { RankingWasm, RetrievalMemory, RetrievalShape } from '../memory.ts';
import { codeBytes, encodeCodes, encodeInSteps } from './encodeCodes.ts';
import { createReferenceRetrieval } from '../reference.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import type { CompactItems } from './firstStage.ts';
import { createCompactReference } from './reference.ts';
import { suitsExact } from './suitsExact.ts';
import { createCompactRetrieval } from './wasm.ts';

/** @throws {SottoError} `wasm-unavailable`. */
export async function createCompactMemory(
  wasm: RankingWasm,
  shape: RetrievalShape,
): Promise<RetrievalMemory> {
  const kernel = await createCompactKernel(wasm, shape);
  return {
    target: kernel.factors,
    async open({ factors, centroids }, pause) {
      const exact = createWasmRetrieval(kernel.exact, factors);
      if (suitsExact(exact, factors)) return exact;
      kernel.clear();
      // parseManifest lets no compact model pass without them.
      const its = centroids as Float32Array;
      const steps = encodeInSteps(factors, its, kernel.codes);
      let step = steps.next();
      for (; !step.done; step = steps.next()) await pause?.();
      return createCompactRetrieval(kernel, { factors, centroids: its, codes: step.value });
    },
  };
}

/** What `open` gives, in TypeScript: the same lists. */
export function createReadableCompact(
  factors: ItemFactors,
  centroids: Float32Array,
): ImmediateRetrievalEngine {
  const exact = createReferenceRetrieval(factors);
  return suitsExact(exact, factors)
    ? exact
    : createCompactReference(compactItemsOf(factors, centroids));
}

/** For the engine in TypeScript. */
export function compactItemsOf(factors: ItemFactors, centroids: Float32Array): CompactItems {
  const codes = new Uint8Array(codeBytes(factors.rows, factors.dim));
  return { factors, centroids, codes: encodeCodes(factors, centroids, codes) };
}
