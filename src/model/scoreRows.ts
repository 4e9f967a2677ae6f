/**
 * @module
 * createScorer: rows by the ranker's score, best first; equal scores by ascending row.
 */
import type { Visitor } from './engineTypes.ts';
import type { RankedRows } from './fillList.ts';
import type { Model } from './model.ts';
import type { Ranker } from './rankers/types.ts';
import { dotRows } from './readRow.ts';

/** @param query - the embedding, or a draw of it. */
export type ScoreRows = (rows: Int32Array, query: Float64Array, visitor: Visitor) => RankedRows;

export function createScorer(model: Model, ranker: Ranker): ScoreRows {
  return (rows, query, visitor) => {
    // Exact here: the scan's query is rounded to 16 bits, and explanations must add up.
    const similarity = Float64Array.from(rows, dotRows(model.factors, query));
    const scores = ranker.score({ rows, similarity }, { model, ...visitor });
    const order = Array.from(rows.keys()).sort(
      (left, right) => scores[right] - scores[left] || rows[left] - rows[right],
    );
    return {
      rows: Int32Array.from(order, (index) => rows[index]),
      scores: Float64Array.from(order, (index) => scores[index]),
    };
  };
}
