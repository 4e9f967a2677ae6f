/**
 * @module
 * The readable two-stage engine: every row scored by its 4-bit codes, the best few hundred again
 * by their int8 values. What the compact kernel is tested against, to the last place.
 */
import { inverseNorm } from '../inverseNorms.ts';
import { quantiseQuery } from '../quantiseQuery.ts';
import { createReferenceRetrieval } from '../reference.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import { MAX_CANDIDATES } from '../../kernels/compactKernel.ts';
import { candidateCount, reachOf, type CompactItems } from './firstStage.ts';
import { CENTROIDS, GROUP_ROWS, subspaceCount } from './layout.ts';
import { fillTables } from './tables.ts';

interface Scored {
  row: number;
  score: number;
}

export function createCompactReference(
  { factors, codes, centroids }: CompactItems,
  countFor = candidateCount,
): ImmediateRetrievalEngine {
  const { rows, dim, stride, values } = factors;
  const everyRow = createReferenceRetrieval(factors);
  const subspaces = subspaceCount(dim);
  return {
    name: 'typescript',
    topK(query) {
      const quantised = quantiseQuery(factors, query);
      const { mask, measure } = query;
      const k = Math.min(query.k, rows);
      const count = Math.min(countFor(k), rows);
      if (count > MAX_CANDIDATES) return everyRow.topK(query);
      const tables = new Int8Array(subspaces * CENTROIDS);
      const { unit, bias } = fillTables(quantised.values, dim, centroids, tables);
      const cosine = measure === 'cosine';
      const gains = cosine ? codes.directions : codes.gains;
      const reach = reachOf(quantised);

      const roughly: Scored[] = [];
      for (let row = 0; row < rows; row++) {
        if (mask !== null && (mask[row >> 3] >> (row & 7)) & 1) continue;
        const group = Math.floor(row / GROUP_ROWS);
        const lane = row % GROUP_ROWS;
        let sum = 0;
        for (let subspace = 0; subspace < subspaces; subspace++) {
          const both = codes.codes[(group * subspaces + subspace) * 16 + (lane & 15)];
          sum += tables[subspace * CENTROIDS + (lane < 16 ? both & 15 : both >> 4)];
        }
        const score = (unit * sum + bias) * gains[group];
        const bound = cosine ? Infinity : reach * codes.norms[group];
        roughly.push({ row, score: Math.min(score, bound) });
      }
      const exactly = best(roughly, count).map(({ row }): Scored => {
        let sum = 0;
        for (let f = 0; f < dim; f++) sum += values[row * stride + f] * quantised.values[f];
        return { row, score: cosine ? sum * inverseNorm(factors, row) : sum };
      });
      const list = best(exactly, k);
      return {
        rows: Int32Array.from(list, ({ row }) => row),
        scores: Float64Array.from(list, ({ score }) => score * quantised.scale),
      };
    },
    dispose() {},
  };
}

function best(scored: Scored[], count: number): Scored[] {
  scored.sort((left, right) => right.score - left.score || left.row - right.row);
  return scored.slice(0, count);
}
