/**
 * @module
 * The compact engine: 4-bit codes of all rows scanned in SIMD registers, the best few hundred
 * scored again by their int8 values. Groups that cannot enter are passed over, as in the exact
 * engine.
 *
 * The list is the exact engine's but for rows that the codes misplace by more than the candidates
 * leave room for; how often, `sotto train` measures and the manifest says.
 */
import type { CompactKernel } from '../../kernels/compactKernel.ts';
import { createReferenceRetrieval } from '../reference.ts';
import { areFlat } from '../areFlat.ts';
import { takeList } from '../takeList.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import { candidateCount, startFirstStage, type CompactItems } from './firstStage.ts';

/**
 * @param items - `factors.values` must be `kernel.factors`, `codes.codes` be `kernel.codes`.
 * @param countFor - candidates for a list of k.
 */
export function createCompactRetrieval(
  kernel: CompactKernel,
  items: CompactItems,
  countFor = candidateCount,
): ImmediateRetrievalEngine {
  const { factors, codes } = items;
  const flat = areFlat(factors.blockNorms);
  const everyRow = createReferenceRetrieval(factors);
  kernel.gains.set(codes.gains);
  kernel.directions.set(codes.directions);
  kernel.norms.set(codes.norms);
  return {
    name: 'wasm',
    topK(query) {
      const stage = startFirstStage(items, query, countFor, kernel.tables);
      if (stage === null) return everyRow.topK(query);
      const { quantised, k, count, isCosine } = stage;
      const { mask } = query;
      if (count === 0) return { rows: new Int32Array(0), scores: new Float64Array(0) };
      kernel.query.set(quantised.values);
      if (mask !== null) kernel.mask.set(mask.subarray(0, kernel.mask.length));
      const found = kernel.search(k, count, stage, {
        cosine: isCosine,
        flat: isCosine || flat,
        mask: mask !== null,
      });
      return takeList(found, quantised.scale);
    },
    dispose() {},
  };
}
