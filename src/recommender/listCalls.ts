/**
 * @module
 * createListCalls: recommend, similar, rank and popular, and the lists that are kept so that the
 * next page paints before its worker has started.
 */
import { requireOneOf } from '../errors.ts';
import type { ListRequest, Recommendation } from '../worker/api.ts';
import type { Learning } from './learning.ts';
import { abortable, askForList, requireId, requireIds, resolveList } from './lists.ts';
import type { ListOptions } from './lists.ts';
import type { Storage } from './storage.ts';
import type { Recommender } from './types.ts';

/**
 * @param mayKeep - whether lists may be kept and taken from the store.
 * @param epoch - raised by whatever makes earlier lists wrong, so that a late one is not kept.
 * @param expectAlive - throws `destroyed`.
 */
export function createListCalls(
  learning: Learning,
  storage: Storage,
  mayKeep: () => boolean,
  epoch: () => number,
  expectAlive: () => void,
): Pick<Recommender, 'recommend' | 'similar' | 'rank' | 'popular'> {
  const call = async (
    options: ListOptions = {},
    ask: (request: ListRequest) => Promise<Recommendation[]>,
    defaultCount?: number,
  ) => {
    expectAlive();
    const request = resolveList(options, defaultCount);
    return abortable(options.signal, () => askForList(request, options, ask));
  };
  return {
    recommend: (options) =>
      call(options, async (request) => {
        const isKept = mayKeep() && typeof options?.filter !== 'function';
        const key = JSON.stringify(request);
        if (isKept && learning.isOpening()) {
          const kept = await storage.use((store) => store.get('lists', key));
          if (kept) return kept.value as Recommendation[];
        }
        const before = epoch();
        const value = await learning.ask('recommend', request);
        const { modelId } = await learning.ready;
        if (isKept && before === epoch()) {
          const list = { modelId, savedAt: Date.now(), value };
          storage.use((store) => store.put('lists', key, list)).catch(() => {});
        }
        return value;
      }),
    similar: (itemId, options) =>
      call(options, async (request) =>
        learning.ask('similar', requireId('itemId', itemId), request),
      ),
    rank: async (itemIds, options = {}) => {
      const { length } = requireIds('itemIds', itemIds);
      const { unknown = 'reject' } = options;
      requireOneOf('unknown', unknown, ['reject', 'last']);
      return call(
        options,
        async (request) => (length ? learning.ask('rank', { ...request, itemIds, unknown }) : []),
        length,
      );
    },
    popular: async (options = {}) => {
      const { window = 'trending' } = options;
      requireOneOf('window', window, ['trending', 'all']);
      return call(options, (request) => learning.ask('popular', window, request));
    },
  };
}
