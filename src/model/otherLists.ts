/**
 * @module
 * What lists need beside those for a visitor, as one part to be loaded once the first list is there:
 * lists like an item, lists of the caller's, filters. To be imported only by `await import()`.
 */
import type { ListRules, RankedItem, Visitor } from './engineTypes.ts';
import { listShape } from './listShape.ts';
import { makeList, pickItems } from './makeList.ts';
import type { Model } from './model.ts';
import { readRow } from './readRow.ts';
import type { RetrievalEngine } from './retrieval/types.ts';
import type { ScoreRows } from './scoreRows.ts';
import { similarRows } from './similarRows.ts';

export { compileFilter } from './rules/filter.ts';

/** Its neighbours, then the nearest by cosine of item factors; the row itself is left out. */
export async function similar(
  model: Model,
  retrieval: RetrievalEngine,
  row: number,
  visitor: Visitor,
  rules: ListRules,
): Promise<RankedItem[]> {
  const { factors, neighbours } = model;
  const vector = readRow(factors, row, new Float64Array(factors.dim));
  const shape = await listShape(model, rules);
  const wanted = { visitor, rules, shape, without: [row], isRanked: false };
  return makeList(model, { ...wanted, source: 'similar' }, async (k, mask) => {
    const found = await retrieval.topK({ vector, k, mask, measure: 'cosine' });
    return similarRows(neighbours, row, found, k, mask);
  });
}

/** The caller's rows in the visitor's order; hidden rows stay in. */
export async function rank(
  model: Model,
  scoreRows: ScoreRows,
  rows: readonly number[],
  visitor: Visitor,
  rules: ListRules,
  query: Float64Array,
): Promise<RankedItem[]> {
  const excluded = new Set(rules.exclude);
  const kept = new Set(rows.filter((row) => !excluded.has(row) && (rules.filter?.(row) ?? true)));
  const ranked = scoreRows(Int32Array.from(kept), query, visitor);
  return pickItems(ranked, rules.count, 'list', await listShape(model, rules));
}
