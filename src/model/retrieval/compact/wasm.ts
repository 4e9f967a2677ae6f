/**
 * @module
 * The compact engine: 4-bit codes of all rows scanned in SIMD registers, the best few hundred
 * scored again by their int8 values. Groups that cannot enter are passed over, as in the exact
 * engine.
 *
 * The list is the exact engine's but for rows that the codes misplace by more than the candidates
 * leave room for; how often, `sotto train` measures and the manifest says.
 */
import { MAX_CANDIDATES, type CompactKernel } from '../../kernels/compactKernel.ts';
import { quantiseQuery } from '../quantiseQuery.ts';
import { createReferenceRetrieval } from '../reference.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import { candidateCount, reachOf, type CompactItems } from './firstStage.ts';
import { fillTables } from './tables.ts';

/**
 * @param items - `factors.values` must be `kernel.factors`, `codes.codes` be `kernel.codes`.
 * @param countFor - candidates for a list of k.
 */
export function createCompactRetrieval(
  kernel: CompactKernel,
  { factors, codes, centroids }: CompactItems,
  countFor = candidateCount,
): ImmediateRetrievalEngine {
  const { rows, dim } = factors;
  const everyRow = createReferenceRetrieval(factors);
  kernel.gains.set(codes.gains);
  kernel.directions.set(codes.directions);
  kernel.inverseGains.set(codes.gains.map(inverse));
  kernel.inverseDirections.set(codes.directions.map(inverse));
  kernel.norms.set(codes.norms);
  return {
    name: 'wasm',
    topK(query) {
      const quantised = quantiseQuery(factors, query);
      const { mask, measure } = query;
      const k = Math.min(query.k, rows);
      const count = Math.min(countFor(k), rows);
      if (count > MAX_CANDIDATES) return everyRow.topK(query);
      if (count === 0) return { rows: new Int32Array(0), scores: new Float64Array(0) };
      const sum = fillTables(quantised.values, dim, centroids, kernel.tables);
      kernel.query.set(quantised.values);
      if (mask !== null) kernel.mask.set(mask.subarray(0, kernel.mask.length));
      const found = kernel.search(
        k,
        count,
        { ...sum, reach: reachOf(quantised) },
        { cosine: measure === 'cosine', mask: mask !== null },
      );
      return {
        rows: found.rows.slice(),
        scores: found.scores.slice().map((score) => score * quantised.scale),
      };
    },
    dispose() {},
  };
}

function inverse(gain: number): number {
  return gain === 0 ? 0 : 1 / gain;
}
