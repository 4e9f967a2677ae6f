/**
 * @module
 * createListCalls: recommend, similar, rank and popular, and the lists that are kept so that the
 * next page paints before its worker has started.
 */
import { asSottoError } from '../errors.ts';
import type { LooseList, Recommendation } from '../worker/api.ts';
import { fromPart } from './fromPart.ts';
import type { Learning } from './answerTypes.ts';
import type { ListOptions } from './lists.ts';
import type { Recommender } from './types.ts';
import { expectAlive, mayLearn, type Visit } from './visit.ts';

type Ask = (request: LooseList) => Promise<Recommendation[]>;

export function createListCalls(
  visit: Visit,
  learning: Learning,
): Pick<Recommender, 'recommend' | 'similar' | 'rank' | 'popular'> {
  const { stores } = visit;
  const call = async (given: ListOptions | null | undefined, ask: Ask, length?: number) => {
    try {
      expectAlive(visit);
      const options = given ?? {};
      const { signal, filter, ...request } = options;
      if (signal || typeof filter === 'function') {
        const { pageCall } = await fromPart(import('./pageCall.ts'));
        return await pageCall(options, ask, length);
      }
      return await ask(filter ? { ...request, filter } : request);
    } catch (error) {
      throw asSottoError(error, 'invalid-argument');
    }
  };
  return {
    recommend: (options) =>
      call(options, async (request) => {
        const isKept = mayLearn(visit) && !request.times;
        const key = JSON.stringify(request);
        if (isKept && learning.isOpening()) {
          const kept = await stores.use((store) => store.get('lists', key));
          if (kept) return kept.value as Recommendation[];
        }
        const before = visit.epoch;
        const value = await learning.ask('recommend', request);
        const { modelId } = await learning.ready;
        if (isKept && before === visit.epoch) {
          const list = { modelId, savedAt: Date.now(), value };
          stores.use((store) => store.put('lists', key, list)).catch(() => {});
        }
        return value;
      }),
    similar: (itemId, options) =>
      call(options, (request) => learning.ask('similar', itemId, request)),
    rank: (itemIds, options) =>
      call(
        options,
        (request) => learning.ask('rank', { ...request, itemIds }),
        (itemIds as readonly string[] | undefined)?.length,
      ),
    popular: (options) => call(options, (request) => learning.ask('popular', request)),
  };
}
