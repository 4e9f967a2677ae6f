/**
 * @module
 * The readable retrieval engine: every row scored, the k best kept in a sorted list.
 *
 * It is what the kernels are tested against, and what serves where WebAssembly is refused. Integer
 * sums, as theirs: lists are equal to the last place, not nearly.
 */
import type { ItemFactors } from '../model.ts';
import { inverseNorms } from './inverseNorms.ts';
import { quantiseQuery } from './quantiseQuery.ts';
import type { ImmediateRetrievalEngine, TopK } from './types.ts';

export function createReferenceRetrieval(factors: ItemFactors): ImmediateRetrievalEngine {
  let inverses: Float64Array | null = null;
  return {
    name: 'typescript',
    topK(query) {
      const quantised = quantiseQuery(factors, query);
      const cosine = query.measure === 'cosine';
      if (cosine) inverses ??= inverseNorms(factors);
      const { rows, stride, values, dim } = factors;
      const best = createBestList(Math.min(query.k, rows));
      for (let row = 0; row < rows; row++) {
        if (query.mask !== null && (query.mask[row >> 3] >> (row & 7)) & 1) continue;
        const offset = row * stride;
        let sum = 0;
        for (let f = 0; f < dim; f++) sum += values[offset + f] * quantised.values[f];
        best.offer(row, inverses !== null && cosine ? sum * inverses[row] : sum);
      }
      return best.finish(quantised.scale);
    },
    dispose() {},
  };
}

/** The `capacity` best rows offered, which must come in ascending order of row. */
function createBestList(capacity: number) {
  const rows = new Int32Array(capacity);
  const scores = new Float64Array(capacity);
  let size = 0;
  return {
    offer(row: number, score: number): void {
      // An equal score loses to the earlier row.
      if (size === capacity && (capacity === 0 || score <= scores[size - 1])) return;
      if (size < capacity) size++;
      let place = size - 1;
      while (place > 0 && scores[place - 1] < score) {
        scores[place] = scores[place - 1];
        rows[place] = rows[place - 1];
        place--;
      }
      scores[place] = score;
      rows[place] = row;
    },
    finish(scale: number): TopK {
      return { rows: rows.slice(0, size), scores: scores.slice(0, size).map((sum) => sum * scale) };
    },
  };
}
