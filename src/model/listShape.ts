/**
 * @module
 * listShape: how a list is picked from ranked candidates. In their order, unless the rules ask for
 * variety: what picks by that loads with the first list that does.
 */
import { loaded } from '../errors.ts';
import type { ListRules } from './engineTypes.ts';
import type { RankedRows } from './fillList.ts';
import type { Model } from './model.ts';
import type { CategoryCap } from './rules/categoryCap.ts';
import { UNCAPPED } from './rules/uncapped.ts';

export interface ListShape {
  /** null: none. It counts what is picked, so every list has a shape of its own. */
  readonly cap: CategoryCap | null;
  /** @returns the indexes of at most `count` of the candidates, in their new order. */
  pick(candidates: RankedRows, count: number): number[];
}

const IN_ORDER: ListShape = {
  cap: null,
  pick: ({ rows }, count) => [...rows.keys()].slice(0, count),
};

/** @throws {SottoError} `worker-unavailable` where what reorders cannot be loaded. */
export async function listShape(
  { factors, catalogue }: Model,
  { diversity, maxPerCategory = UNCAPPED }: ListRules,
): Promise<ListShape> {
  if (diversity === 0 && maxPerCategory >= UNCAPPED) return IN_ORDER;
  const { createCategoryCap, diversify } = await loaded(import('./seldom.ts'));
  const cap = createCategoryCap(catalogue, maxPerCategory);
  return {
    cap,
    pick: ({ rows, scores }, count) => diversify(factors, rows, scores, count, diversity, cap),
  };
}
