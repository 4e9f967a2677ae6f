/**
 * @module
 * Picks how item factors are quantised: the kind asked for, or the smallest that keeps the recall
 * asked for, as measured on the model itself.
 */
import { SottoError } from '../../errors.ts';
import type { ItemFactors } from '../model.ts';
import { createReadableCompact } from '../retrieval/compact/createCompactMemory.ts';
import { createRetrieval } from '../retrieval/createRetrieval.ts';
import type { KernelsByKind } from '../retrieval/memory.ts';
import { factorStride } from './decode.ts';
import { BLOCK_ROWS } from './encode.ts';
import type { MeasuredRecall, QuantizationKind } from './manifest.ts';
import { exactLists, measureRecall, type ExactLists } from './measureRecall.ts';
import { quantizeFactors, type QuantizedFactors } from './quantize.ts';
import { quantizeCompact, turnFactors } from './quantizeCompact.ts';

export type QuantizationChoice = QuantizationKind | 'auto';

export interface ChosenQuantization {
  kind: QuantizationKind;
  quantized: QuantizedFactors;
  /** null: there was nothing to measure with, no query or no item. */
  recall: MeasuredRecall | null;
}

/** Steps of the compact kind, in root mean squares of the factors: smallest files first. */
const STEPS = [0.7, 0.6, 0.52, 0.45, 0.39, 0.34, 0.3, 0.26, 0.22, 0.19, 0.16, 0.13, 0.1];

/**
 * @param choice - `pq4`: the largest step that keeps `minRecall`, or the finest there is; `auto`:
 * that, unless int8 has to be taken to keep it.
 * @param queries - embeddings of users as they will be, length d.
 * @param wasm - the kernels; null: the same lists, more slowly.
 * @throws {SottoError} `not-finite` naming the item.
 */
export async function chooseQuantization(
  { factors, ids, dim }: { factors: Float32Array; ids: readonly string[]; dim: number },
  choice: QuantizationChoice,
  minRecall: number,
  queries: readonly Float64Array[],
  wasm: KernelsByKind | null,
): Promise<ChosenQuantization> {
  requireFinite(queries);
  const int8 = (): QuantizedFactors => quantizeFactors(factors, ids, dim, BLOCK_ROWS);
  if (ids.length === 0 || queries.length === 0) {
    // Nothing can be said about recall: only what was asked for by name is as good as it gets.
    if (choice !== 'pq4') return { kind: 'int8', quantized: int8(), recall: null };
    const turned = turnFactors(factors, ids, dim);
    const quantized = quantizeCompact(
      turned,
      dim,
      BLOCK_ROWS,
      STEPS[STEPS.length - 1] * turned.rms,
    );
    return { kind: 'pq4', quantized, recall: null };
  }
  const exact = exactLists(factors, dim, queries);
  const measured = async (quantized: QuantizedFactors): Promise<ChosenQuantization> => ({
    kind: quantized.codebooks ? 'pq4' : 'int8',
    quantized,
    recall: await recallOf(quantized, dim, exact, wasm),
  });
  if (choice === 'int8') return measured(int8());
  const turned = turnFactors(factors, ids, dim);
  const compactAt = (index: number) =>
    measured(quantizeCompact(turned, dim, BLOCK_ROWS, STEPS[index] * turned.rms));
  // Halving: recall all but always rises as steps get finer.
  let low = 0;
  let high = STEPS.length - 1;
  let kept: ChosenQuantization | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const tried = await compactAt(middle);
    if ((tried.recall as MeasuredRecall).overlap >= minRecall) {
      kept = tried;
      high = middle - 1;
    } else {
      low = middle + 1;
    }
  }
  return kept ?? (choice === 'pq4' ? compactAt(STEPS.length - 1) : measured(int8()));
}

async function recallOf(
  quantized: QuantizedFactors,
  dim: number,
  exact: ExactLists,
  wasm: KernelsByKind | null,
): Promise<MeasuredRecall> {
  const rows = quantized.order.length;
  const stride = factorStride(dim);
  const { codebooks, scale } = quantized;
  const kind = codebooks ? 'pq4' : 'int8';
  const shape = { rows, dim, stride, blockRows: BLOCK_ROWS, kind } as const;
  const retrieval = await createRetrieval(wasm && wasm[kind], shape);
  for (let row = 0; row < rows; row++) {
    retrieval.target.set(quantized.values.subarray(row * dim, (row + 1) * dim), row * stride);
  }
  const factors: ItemFactors = {
    ...{ rows, dim, stride, scale, values: retrieval.target },
    basis: codebooks?.basis ?? null,
    blockRows: BLOCK_ROWS,
    blockNorms: Float64Array.from(quantized.blockNorms),
  };
  const engine =
    wasm === null && codebooks
      ? // A visitor without WebAssembly gets the exact engine; measured is what the others get.
        createReadableCompact(factors, codebooks.centroids)
      : await retrieval.open({ factors, centroids: codebooks?.centroids ?? null });
  const recall = measureRecall(exact, engine, quantized.order);
  engine.dispose();
  return recall;
}

function requireFinite(queries: readonly Float64Array[]): void {
  for (const [index, query] of queries.entries()) {
    for (const value of query) {
      if (!Number.isFinite(value)) {
        throw new SottoError('not-finite', `query ${index} must be finite but holds ${value}`);
      }
    }
  }
}
