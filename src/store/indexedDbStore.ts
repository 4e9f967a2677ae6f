/**
 * @module
 * openIndexedDbStore: the page's half and the worker's over one connection, the whole Store. Each
 * side has only its own half; together they are what the contract is held against.
 */
import { IndexedDbLog } from './indexedDbLog.ts';
import { openPageStore } from './pageStore.ts';
import type { Store } from './types.ts';

export function openIndexedDbStore(name: string): Store {
  const page = openPageStore(name, () => import('./wholeStore.ts'));
  const log = new IndexedDbLog(page.connection);
  return {
    ...page,
    advance: (...given) => log.advance(...given),
    retire: (...given) => log.retire(...given),
    entries: (itemId) => log.entries(itemId),
    spend: (...given) => log.spend(...given),
    countEvents: () => log.countEvents(),
  };
}
