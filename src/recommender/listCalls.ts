/**
 * @module
 * createListCalls: recommend, similar, rank and popular, and the lists that are kept so that the
 * next page paints before its worker has started.
 */
import { invalidArgument } from '../errors.ts';
import type { ListRequest, Recommendation } from '../worker/api.ts';
import type { Learning } from './learning.ts';
import { abortable, askForList, requireId, requireIds, resolveList } from './lists.ts';
import type { ListOptions } from './lists.ts';
import type { Storage } from './storage.ts';
import type { Recommender } from './types.ts';

export interface ListSurroundings {
  learning: Learning;
  storage: Storage;
  /** @throws {SottoError} `destroyed`. */
  expectAlive: () => void;
  /** Whether lists may be kept and taken from the store. */
  mayKeep: () => boolean;
  /** Raised by whatever makes earlier lists wrong, so that a late one is not kept. */
  epoch: () => number;
}

export function createListCalls(
  around: ListSurroundings,
): Pick<Recommender, 'recommend' | 'similar' | 'rank' | 'popular'> {
  const { learning, storage } = around;

  const call = async (
    options: ListOptions = {},
    ask: (request: ListRequest) => Promise<Recommendation[]>,
    defaultCount?: number,
  ) => {
    around.expectAlive();
    const request = resolveList(options, defaultCount);
    return abortable(options.signal, () => askForList(request, options, ask));
  };
  const keep = (key: string, modelId: string, value: Recommendation[]) => {
    const list = { modelId, savedAt: Date.now(), value };
    storage.use((store) => store.put('lists', key, list)).catch(() => {});
  };

  return {
    recommend: (options) =>
      call(options, async (request) => {
        const isKept = around.mayKeep() && typeof options?.filter !== 'function';
        const key = JSON.stringify(request);
        const kept =
          isKept && learning.isOpening() && (await storage.use((store) => store.get('lists', key)));
        if (kept) return kept.value as Recommendation[];
        const epoch = around.epoch();
        const list = await learning.ask('recommend', request);
        const { modelId } = await learning.ready;
        if (isKept && epoch === around.epoch()) keep(key, modelId, list);
        return list;
      }),
    similar: (itemId, options) =>
      call(options, async (request) =>
        learning.ask('similar', requireId('itemId', itemId), request),
      ),
    rank: async (itemIds, options = {}) => {
      const { length } = requireIds('itemIds', itemIds);
      const { unknown = 'reject' } = options;
      if (unknown !== 'reject' && unknown !== 'last') {
        throw invalidArgument('unknown', "'reject' or 'last'", unknown);
      }
      return call(
        options,
        async (request) => (length ? learning.ask('rank', { ...request, itemIds, unknown }) : []),
        length,
      );
    },
    popular: async (options = {}) => {
      const { window = 'trending' } = options;
      if (window !== 'trending' && window !== 'all') {
        throw invalidArgument('window', "'trending' or 'all'", window);
      }
      return call(options, (request) => learning.ask('popular', window, request));
    },
  };
}
