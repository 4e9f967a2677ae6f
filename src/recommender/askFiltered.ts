/**
 * @module
 * askFiltered: a list with a function as its filter. It cannot cross to the worker, so the page asks
 * for growing lists until enough is left.
 */
import { DEFAULT_LIST_COUNT } from '../events.ts';
import type { LooseList, Recommendation } from '../worker/api.ts';
import type { ItemPredicate } from './lists.ts';

/** How much more is asked for when the predicate has left too little. */
const GROWTH = 4;

/**
 * @param request - without its filter.
 * @param length - of the list that the caller gave to rank, if any.
 */
export async function askFiltered(
  request: LooseList,
  passes: ItemPredicate,
  ask: (request: LooseList) => Promise<Recommendation[]>,
  length = DEFAULT_LIST_COUNT,
): Promise<Recommendation[]> {
  const wanted = request.count ?? length;
  for (let times = GROWTH; ; times *= GROWTH) {
    const list = await ask({ ...request, times });
    const kept = list.filter(({ item, itemId }) => passes(item, itemId)).slice(0, wanted);
    if (kept.length === wanted || list.length < wanted * times) {
      return kept.map((one, rank) => ({ ...one, rank }));
    }
  }
}
