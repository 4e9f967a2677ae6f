/**
 * @module
 * createRecommend: the list for a visitor. Candidates by embedding, neighbours and what everyone
 * wants, ordered by the ranker; of whom nothing is known, what everyone wants alone.
 */
import type { EngineParts, ListRules, RankedItem, Visitor } from './engineTypes.ts';
import { companionRows, createLeaders, firstUnmasked, union } from './candidates.ts';
import { listShape, type ListShape } from './listShape.ts';
import { makeList } from './makeList.ts';
import type { Model } from './model.ts';
import type { PopularLists } from './popularLists.ts';
import type { RowMask } from './retrieval/types.ts';
import type { ScoreRows } from './scoreRows.ts';
import { itemSignalsOf } from './signals/itemSignals.ts';

/** Of each other way to find some: by neighbours, by recent ones, among what everyone wants. */
const OTHER_CANDIDATES = 150;

/** @param query - the embedding, or a draw of it; null: nothing is known of the visitor. */
export type Recommend = (
  visitor: Visitor,
  rules: ListRules,
  query: Float64Array | null,
) => Promise<RankedItem[]>;

/** @param newcomers - what is popular with those of whom nothing is known. */
export function createRecommend(
  model: Model,
  { retrieval, pause }: Pick<EngineParts, 'retrieval' | 'pause'>,
  scoreRows: ScoreRows,
  newcomers: PopularLists,
): Recommend {
  const { blend } = model.manifest;
  const itemSignals = itemSignalsOf(model.statistics);
  const leaders = createLeaders(model.factors.rows, pause);

  /** Candidates of a learned blend beside those that the embedding finds. */
  async function othersFor(
    { signals, nowMs }: Visitor,
    mask: RowMask,
    count: number,
  ): Promise<Int32Array[]> {
    const most = Math.max(OTHER_CANDIDATES, count / 2);
    const wanted = firstUnmasked(await leaders(itemSignals(nowMs)), most, mask);
    const { companions } = signals;
    return companions ? [wanted, ...companionRows(companions, most, mask)] : [wanted];
  }

  function listFor(
    visitor: Visitor,
    rules: ListRules,
    query: Float64Array | null,
    shape: ListShape,
  ): Promise<RankedItem[]> {
    const wanted = { visitor, rules, shape, without: visitor.seen };
    if (!query && !blend) return newcomers.make('trending', wanted);
    const source = query ? 'personal' : 'trending';
    return makeList(model, { ...wanted, source, isRanked: true }, async (k, mask) => {
      const found = query
        ? (await retrieval.topK({ vector: query, k, mask, measure: 'inner-product' })).rows
        : await newcomers.order('trending', k, mask);
      const rows = blend ? union([found, ...(await othersFor(visitor, mask, k))]) : found;
      return scoreRows(rows, query ?? visitor.embedding, visitor);
    });
  }

  // Unseen first; once they have run out what is seen already, before a shorter list.
  return async (visitor, rules, query) => {
    const shape = await listShape(model, rules);
    const list = await listFor(visitor, rules, query, shape);
    if (list.length >= rules.count) return list;
    const exclude = [...rules.exclude, ...list.map(({ row }) => row)];
    const rest = { ...rules, count: rules.count - list.length, exclude };
    const seen = new Set<number>();
    return list.concat(await listFor({ ...visitor, seen }, rest, query, shape));
  };
}
