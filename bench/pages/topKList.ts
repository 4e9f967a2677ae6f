/**
 * @module
 * Plain ways to the k best that benchmarks compare with: a loop over float32 rows with a heap, and
 * tfjs on WASM.
 */
import { env, matMul, ready, setBackend, tensor2d, tidy, topk } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { ItemFactors } from '../../src/model/model.ts';

/** The factors as float32, N × d, without padding. */
export function toFloats({ rows, dim, stride, values, scale }: ItemFactors): Float32Array {
  const floats = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) floats[row * dim + f] = values[row * stride + f] * scale;
  }
  return floats;
}

/** What one would write by hand: every row's inner product, a heap of the k best, worst on top. */
export function topKByLoop(
  floats: Float32Array,
  dim: number,
  query: Float32Array,
  k: number,
): number[] {
  const heapRows = new Int32Array(k);
  const heapScores = new Float64Array(k).fill(-Infinity);
  const rows = floats.length / dim;
  for (let row = 0, offset = 0; row < rows; row++, offset += dim) {
    let score = 0;
    for (let f = 0; f < dim; f++) score += floats[offset + f] * query[f];
    if (score <= heapScores[0]) continue;
    let place = 0;
    for (let child = 1; child < k; child = 2 * place + 1) {
      if (child + 1 < k && heapScores[child + 1] < heapScores[child]) child++;
      if (heapScores[child] >= score) break;
      heapScores[place] = heapScores[child];
      heapRows[place] = heapRows[child];
      place = child;
    }
    heapScores[place] = score;
    heapRows[place] = row;
  }
  return Array.from(heapRows.keys())
    .sort((left, right) => heapScores[right] - heapScores[left])
    .map((place) => heapRows[place]);
}

const START_LIMIT_MS = 20_000;

export interface TfjsRanking {
  /** @returns the k best rows, read back. */
  topK(query: Float32Array, k: number): Int32Array;
  dispose(): void;
}

/**
 * tfjs at its best: [1, d] × [d, N] on a matrix transposed beforehand (`transposeB` would be many
 * times slower on WASM), then topk.
 */
export async function createTfjsRanking(
  floats: Float32Array,
  dim: number,
  threads: boolean,
): Promise<TfjsRanking> {
  const rows = floats.length / dim;
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads);
  setWasmPaths('/tfjs/');
  // With threads that do not start, it would wait for ever.
  const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), START_LIMIT_MS));
  if (!(await Promise.race([setBackend('wasm'), tooLate]))) {
    throw new Error(`tfjs did not start on WASM ${threads ? 'with' : 'without'} threads`);
  }
  await ready();
  const transposed = new Float32Array(floats.length);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) transposed[f * rows + row] = floats[row * dim + f];
  }
  const matrix = tensor2d(transposed, [dim, rows]);
  return {
    topK: (query, k) =>
      tidy(() => {
        const scores = matMul(tensor2d(query, [1, dim]), matrix);
        const { values, indices } = topk(scores, k);
        values.dataSync();
        return indices.dataSync<'int32'>();
      }),
    dispose: () => matrix.dispose(),
  };
}
