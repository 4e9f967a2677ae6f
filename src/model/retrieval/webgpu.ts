/**
 * @module
 * The WebGPU retrieval engine: scan and selection in two compute passes over int8 factors that lie
 * on the GPU; k rows and their scores are all that is read back.
 *
 * Inner products are integer sums, the same as every other engine's, so lists are equal to the last
 * place. Cosine is a quotient, which a GPU has in single precision only: a few more than k are
 * retrieved, scored again in double precision here, and where it cannot be ruled out that a row
 * left behind belongs into the list, more are asked for.
 *
 * On the GPU: factors (in tiles, see `uploadTiles.ts`), 8 bytes a row for rows that are handed on,
 * 4 bytes a row for cosine, made on first use.
 */
import type { ItemFactors } from '../model.ts';
import { inverseNorms } from './inverseNorms.ts';
import { quantiseQuery, type QuantisedQuery } from './quantiseQuery.ts';
import { createReferenceRetrieval } from './reference.ts';
import type { RetrievalEngine, RowMask, TopK } from './types.ts';
import { createPasses, type Passes, type PassesRequest } from './webgpu/passes.ts';
import type { ShaderFeatures } from './webgpu/shaders.ts';

/** How many more than k are retrieved for cosine; the factor when that was not enough. */
const COSINE_MARGIN = 32;
const COSINE_GROWTH = 4;
/** Relative error of a cosine in single precision: four roundings of 2⁻²⁴, with room. */
const COSINE_ERROR = 4e-7;
/** What turns the order of signed numbers into that of unsigned ones. */
const SIGN = 0x8000_0000;

/**
 * @param device - shared with whoever else computes on it; not destroyed by `dispose`.
 * @param factors - copied to the GPU; `values` must stay as they are.
 * @param features - what WGSL and `device` can do; all false is always right.
 * @throws {SottoError} `webgpu-unavailable` when the device refuses a shader, or has not the memory.
 */
export async function createWebGpuRetrieval(
  device: GPUDevice,
  factors: ItemFactors,
  features: ShaderFeatures,
): Promise<RetrievalEngine> {
  // There are no buffers of no bytes.
  if (factors.rows === 0) return createReferenceRetrieval(factors);
  const passes = await createPasses(device, factors, features);
  let inverses: Float64Array | null = null;
  return {
    name: 'webgpu',
    topK(query) {
      const quantised = quantiseQuery(factors, query);
      const k = Math.min(query.k, factors.rows);
      const { mask } = query;
      if (query.measure === 'inner-product') return byInnerProduct(passes, quantised, k, mask);
      inverses ??= inverseNorms(factors);
      // By the second asking the caller may have changed the mask.
      return byCosine(passes, factors, { quantised, k, mask: mask && mask.slice(), inverses });
    },
    dispose: () => passes.dispose(),
  };
}

async function byInnerProduct(
  passes: Passes,
  quantised: QuantisedQuery,
  k: number,
  mask: RowMask | null,
): Promise<TopK> {
  const { keys, rows } = await passes.run({ quantised, k, mask, inverses: null });
  const sums = Float64Array.from(keys, (key) => (key ^ SIGN) | 0);
  return inOrder(rows, sums, k, quantised.scale);
}

async function byCosine(
  passes: Passes,
  factors: ItemFactors,
  request: PassesRequest & { inverses: Float64Array },
): Promise<TopK> {
  const { k, quantised, inverses } = request;
  for (let wanted = k + COSINE_MARGIN; ; wanted *= COSINE_GROWTH) {
    const asked = Math.min(wanted, factors.rows);
    const { keys, rows } = await passes.run({ ...request, k: asked });
    const cosines = Float64Array.from(
      rows,
      (row) => integerSum(factors, row, quantised) * inverses[row],
    );
    const list = inOrder(rows, cosines, k, quantised.scale);
    if (rows.length < asked || asked === factors.rows) return list;
    // No row that was left behind has a larger key than the smallest here.
    const least = floatOfKey(keys.reduce((smallest, key) => Math.min(smallest, key)));
    const bound = least + COSINE_ERROR * Math.abs(least);
    const last = cosines.toSorted((left, right) => right - left)[k - 1];
    // A score of 0 is exact, so that its rows were already taken in their order.
    if (last > bound || (last === 0 && least === 0)) return list;
  }
}

/** The k best, best first; equal scores by ascending row. */
function inOrder(rows: Uint32Array, sums: Float64Array, k: number, scale: number): TopK {
  const order = Array.from(rows.keys())
    .sort((left, right) => sums[right] - sums[left] || rows[left] - rows[right])
    .slice(0, k);
  return {
    rows: Int32Array.from(order, (index) => rows[index]),
    scores: Float64Array.from(order, (index) => sums[index] * scale),
  };
}

function integerSum({ values, stride, dim }: ItemFactors, row: number, query: QuantisedQuery) {
  let sum = 0;
  for (let f = 0; f < dim; f++) sum += values[row * stride + f] * query.values[f];
  return sum;
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The inverse of the shader's `keyOfFloat`. */
function floatOfKey(key: number): number {
  bits[0] = key >= SIGN ? key ^ SIGN : ~key;
  return float[0];
}
