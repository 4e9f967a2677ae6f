/**
 * @module
 * makeList: a list from candidates, whichever way they are found, by the rules that hold for all.
 */
import type { ListRules, ListSource, RankedItem, Visitor } from './engineTypes.ts';
import { createListFill, type RankedRows } from './fillList.ts';
import type { ListShape } from './listShape.ts';
import type { Model } from './model.ts';
import type { RowMask } from './retrieval/types.ts';
import { createMask, maskRows } from './rules/mask.ts';

/** Enough for the ranker to change the order, few enough to cost nothing beside retrieval. */
const CANDIDATES = 300;
/** With rules that reorder, this many times the count is retrieved. */
const CANDIDATES_PER_PLACE = 4;

export interface WantedList {
  readonly source: ListSource;
  readonly visitor: Visitor;
  readonly rules: ListRules;
  readonly shape: ListShape;
  /** What it must not hold beside what is excluded, filtered or hidden. */
  readonly without: Iterable<number>;
  /** Whether a ranker has the last word, so that more are to be found than there are places. */
  readonly isRanked: boolean;
}

/** At most `count` rows, none of them masked; fewer are the last there are. */
export type FindRows = (count: number, mask: RowMask) => RankedRows | Promise<RankedRows>;

export async function makeList(
  { factors }: Model,
  { source, visitor, rules, shape, without, isRanked }: WantedList,
  find: FindRows,
): Promise<RankedItem[]> {
  const mask = createMask(factors.rows, rules, visitor.hidden);
  maskRows(mask, without);
  const fill = createListFill(rules.count, mask, shape.cap, (ranked, missing) =>
    pickItems(ranked, missing, source, shape),
  );
  const isReordered = isRanked || rules.diversity !== 0 || shape.cap;
  for (;;) {
    const { missing } = fill;
    const count = isReordered ? Math.max(CANDIDATES, missing * CANDIDATES_PER_PLACE) : missing;
    if (!fill.offer(await find(count, mask), count)) return [...fill.list];
  }
}

export function pickItems(
  ranked: RankedRows,
  count: number,
  source: ListSource,
  shape: ListShape,
): RankedItem[] {
  return shape.pick(ranked, count).map((index) => ({
    row: ranked.rows[index],
    score: ranked.scores[index],
    source,
  }));
}
