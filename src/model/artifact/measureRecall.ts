/**
 * @module
 * How much of the exact list a quantised model gives back: the mean share of the exact float32
 * top 50 that is in its own top 50, by the engine that visitors get.
 */
import type { ImmediateRetrievalEngine } from '../retrieval/types.ts';
import type { MeasuredRecall } from './manifest.ts';

const AT = 50;

/** Exact lists, made once and compared with any number of quantised models. */
export interface ExactLists {
  at: number;
  queries: readonly Float64Array[];
  /** By query: the items, by their index in `factors`. */
  lists: readonly ReadonlySet<number>[];
}

/** @param factors - items × d, row-major. O(queries × items × d). */
export function exactLists(
  factors: Float32Array,
  dim: number,
  queries: readonly Float64Array[],
): ExactLists {
  const items = factors.length / dim;
  const at = Math.min(AT, items);
  const scores = new Float64Array(items);
  const lists = queries.map((query) => {
    for (let item = 0; item < items; item++) {
      let sum = 0;
      for (let f = 0; f < dim; f++) sum += factors[item * dim + f] * query[f];
      scores[item] = sum;
    }
    const least = scores.slice().sort()[items - at];
    const list = new Set<number>();
    for (let item = 0; item < items && list.size < at; item++) {
      if (scores[item] > least) list.add(item);
    }
    for (let item = 0; item < items && list.size < at; item++) {
      if (scores[item] === least) list.add(item);
    }
    return list;
  });
  return { at, queries, lists };
}

/** @param order - `order[row]` is the item that row `row` of the engine's model is. */
export function measureRecall(
  { at, queries, lists }: ExactLists,
  engine: ImmediateRetrievalEngine,
  order: Int32Array,
): MeasuredRecall {
  let found = 0;
  for (const [index, vector] of queries.entries()) {
    const { rows } = engine.topK({ vector, k: at, mask: null, measure: 'inner-product' });
    for (const row of rows) if (lists[index].has(order[row])) found++;
  }
  return { at, queries: queries.length, overlap: found / (at * queries.length) };
}
