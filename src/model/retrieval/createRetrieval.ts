/**
 * @module
 * The retrieval engine that suits a model: memory to decode its factors into, then the engine over
 * them. Int8 models get the exact engine, compact ones the two-stage engine unless the exact one
 * suits their norms better; without WebAssembly both are served by the exact TypeScript one.
 */
import { SottoError, loaded } from '../../errors.ts';
import { createRankingKernel } from '../kernels/rankingKernel.ts';
import type { RankingWasm, RetrievalMemory, RetrievalShape } from './memory.ts';
import { createWasmRetrieval } from './wasm.ts';

/**
 * @param wasm - the kernel of the shape's kind; null: none.
 * @throws {SottoError} `wasm-unavailable` where WebAssembly or SIMD is missing or refused;
 * `manifest-invalid` for more than fits into memory.
 */
export async function createRetrieval(
  wasm: RankingWasm | Promise<RankingWasm> | null,
  shape: RetrievalShape,
): Promise<RetrievalMemory> {
  if (wasm === null) {
    const { createReferenceRetrieval } = await seldom();
    return {
      target: allocate(shape),
      open: ({ factors }) => Promise.resolve(createReferenceRetrieval(factors)),
    };
  }
  if (shape.kind === 'int8') {
    const kernel = await createRankingKernel(await wasm, shape);
    return {
      target: kernel.factors,
      open: ({ factors }) => Promise.resolve(createWasmRetrieval(kernel, factors)),
    };
  }
  // Both are on their way at once.
  const [{ createCompactMemory }, compact] = await Promise.all([seldom(), wasm]);
  return createCompactMemory(compact, shape);
}

const seldom = () => loaded(import('./seldom.ts'));

function allocate({ rows, stride }: RetrievalShape): Int8Array {
  try {
    return new Int8Array(rows * stride);
  } catch (cause) {
    throw new SottoError(
      'manifest-invalid',
      `manifest: items × dim must fit into memory but are ${rows} × ${stride}`,
      { cause },
    );
  }
}
