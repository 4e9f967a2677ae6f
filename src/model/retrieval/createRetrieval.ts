/**
 * @module
 * The retrieval engine that suits a model: memory to decode its factors into, then the engine over
 * them. Int8 models get the exact engine, compact ones the two-stage engine; without WebAssembly
 * both are served by the exact TypeScript one.
 */
import type { QuantizationKind } from '../artifact/manifest.ts';
import { createCompactKernel } from '../kernels/compactKernel.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import type { ItemFactors, Model } from '../model.ts';
import { codeBytes, encodeCodes } from './compact/encodeCodes.ts';
import type { CompactItems } from './compact/firstStage.ts';
import { createCompactRetrieval } from './compact/wasm.ts';
import { createReferenceRetrieval } from './reference.ts';
import type { RetrievalEngine } from './types.ts';
import { createWasmRetrieval } from './wasm.ts';

/** The bytes of the ranking kernels, or the compiled module. */
export type RankingWasm = BufferSource | WebAssembly.Module;

export interface RetrievalShape {
  rows: number;
  dim: number;
  stride: number;
  blockRows: number;
  kind: QuantizationKind;
}

export interface RetrievalMemory {
  /** rows × stride, zeroed: factors are decoded into it. */
  readonly target: Int8Array;
  /** @param model - its `factors.values` must be `target`, complete. */
  open(model: Pick<Model, 'factors' | 'centroids'>): RetrievalEngine;
}

/** @throws {SottoError} `wasm-unavailable` where WebAssembly or SIMD is missing or refused. */
export async function createRetrieval(
  wasm: RankingWasm | null,
  shape: RetrievalShape,
): Promise<RetrievalMemory> {
  if (wasm === null) {
    return {
      target: new Int8Array(shape.rows * shape.stride),
      open: ({ factors }) => createReferenceRetrieval(factors),
    };
  }
  if (shape.kind === 'int8') {
    const kernel = await createRankingKernel(wasm, shape);
    return {
      target: kernel.factors,
      open: ({ factors }) => createWasmRetrieval(kernel, factors),
    };
  }
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
