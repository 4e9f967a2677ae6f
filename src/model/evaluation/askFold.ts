/**
 * @module
 * One engine asked every case of one fold: its lists, and the check that each is one that could be
 * shown.
 */
import { SottoError } from '../../errors.ts';
import { itemsOf, type EvaluatedEngine, type Fold } from './types.ts';

/**
 * @param count - items wanted of each list.
 * @param onCase - told after each case how many are done.
 * @returns by case, in the fold's order.
 * @throws {SottoError} `internal` when a list breaks the promise of `EvaluatedEngine`.
 */
export async function askFold(
  engine: EvaluatedEngine,
  fold: Fold,
  count: number,
  onCase?: (done: number) => void,
): Promise<Int32Array[]> {
  const { cases } = fold;
  const lists = new Array<Int32Array>(cases.length);
  // As time goes by: an engine that counts anew every night need not go back.
  const places = [...cases.keys()].sort((left, right) => cases[left].nowMs - cases[right].nowMs);
  for (const [done, place] of places.entries()) {
    const { history, nowMs } = cases[place];
    const taken = itemsOf(history);
    const answer = engine.recommend(history, nowMs, count, taken);
    // Most engines answer at once; awaiting each of many thousand answers would cost more than they do.
    const list = Int32Array.from(answer instanceof Promise ? await answer : answer);
    expectGoodList(engine.name, list, taken, count, fold.training.itemIds.length);
    lists[place] = list;
    onCase?.(done + 1);
  }
  return lists;
}

/** An engine that lists what the visitor has already would be measured wrongly, in its favour or not. */
function expectGoodList(
  engine: string,
  list: Int32Array,
  taken: Set<number>,
  count: number,
  items: number,
): void {
  const start = taken.size;
  for (const item of list) {
    if (!(item >= 0 && item < items)) fail(`an item in [0, ${items})`, item);
    if (taken.has(item)) fail('items that are new and distinct', item);
    taken.add(item);
  }
  if (taken.size - start > count) fail(`at most ${count} items`, list.length);

  function fail(bound: string, value: number): never {
    throw new SottoError('internal', `engine ${engine} must list ${bound} but listed ${value}`);
  }
}
