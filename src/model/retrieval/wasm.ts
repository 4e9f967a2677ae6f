/**
 * @module
 * The fast retrieval engine: the WASM SIMD kernel over factors that lie in its own memory.
 *
 * Blocks whose largest norm times the query's cannot enter the list are passed over
 * (Cauchy–Schwarz), which on the heavy-tailed norms of a real model is most of them.
 */
import type { RankingKernel } from '../kernels/rankingKernel.ts';
import type { ItemFactors } from '../model.ts';
import { inverseNorms } from './inverseNorms.ts';
import { quantiseQuery } from './quantiseQuery.ts';
import { areFlat } from './areFlat.ts';
import { takeList } from './takeList.ts';
import type { ImmediateRetrievalEngine } from './types.ts';

/** Covers the rounding of norms and of their product, so that a bound is never too low. */
const BOUND_SLACK = 1 + 1e-9;

/** @param factors - `values` must be `kernel.factors`. */
export function createWasmRetrieval(
  kernel: RankingKernel,
  factors: ItemFactors,
): ImmediateRetrievalEngine {
  const { blockNorms, scale, rows } = factors;
  const reach = areFlat(blockNorms) ? Infinity : 1;
  kernel.norms.set(blockNorms.map((norm) => (norm / scale) * BOUND_SLACK));
  let haveInverseNorms = false;
  return {
    name: 'wasm',
    topK(query) {
      const quantised = quantiseQuery(factors, query);
      const cosine = query.measure === 'cosine';
      if (cosine && !haveInverseNorms) {
        kernel.inverseNorms.set(inverseNorms(factors));
        haveInverseNorms = true;
      }
      kernel.query.set(quantised.values);
      if (query.mask !== null) kernel.mask.set(query.mask.subarray(0, kernel.mask.length));
      const found = kernel.scan(
        Math.min(query.k, rows),
        cosine ? Infinity : quantised.norm * reach,
        {
          cosine,
          mask: query.mask !== null,
        },
      );
      return takeList(found, quantised.scale);
    },
    dispose() {},
  };
}
