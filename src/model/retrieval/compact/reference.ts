/**
 * @module
 * The readable two-stage engine: every row scored by its 4-bit codes, the best few hundred again
 * by their int8 values. What the compact kernel is tested against, to the last place.
 */
import { inverseNorm } from '../inverseNorms.ts';
import { createReferenceRetrieval } from '../reference.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';
import { candidateCount, startFirstStage, type CompactItems } from './firstStage.ts';
import { CENTROIDS, GROUP_ROWS, subspaceCount } from './layout.ts';

interface Scored {
  row: number;
  score: number;
}

export function createCompactReference(
  items: CompactItems,
  countFor = candidateCount,
): ImmediateRetrievalEngine {
  const { factors, codes } = items;
  const { rows, dim, stride, values } = factors;
  const everyRow = createReferenceRetrieval(factors);
  const subspaces = subspaceCount(dim);
  const tables = new Int8Array(subspaces * CENTROIDS);
  return {
    name: 'typescript',
    topK(query) {
      const stage = startFirstStage(items, query, countFor, tables);
      if (stage === null) return everyRow.topK(query);
      const { quantised, k, count, isCosine, unit, bias, reach } = stage;
      const { mask } = query;
      const gains = isCosine ? codes.directions : codes.gains;

      const roughly: Scored[] = [];
      for (let row = 0; row < rows; row++) {
        if (mask !== null && (mask[row >> 3] >> (row & 7)) & 1) continue;
        const group = Math.floor(row / GROUP_ROWS);
        const lane = row % GROUP_ROWS;
        let sum = 0;
        for (let subspace = 0; subspace < subspaces; subspace++) {
          const both = codes.codes[(group * subspaces + subspace) * 16 + (lane & 15)];
          sum += tables[subspace * CENTROIDS + (lane < 16 ? both & 15 : both >> 4)];
          // As int8 does that stops at its ends.
          if (sum > 127) sum = 127;
          else if (sum < -128) sum = -128;
        }
        const score = (unit * sum + bias) * gains[group];
        const bound = isCosine ? Infinity : reach * codes.norms[group];
        roughly.push({ row, score: Math.min(score, bound) });
      }
      const exactly = best(roughly, count).map(({ row }): Scored => {
        let sum = 0;
        for (let f = 0; f < dim; f++) sum += values[row * stride + f] * quantised.values[f];
        return { row, score: isCosine ? sum * inverseNorm(factors, row) : sum };
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
