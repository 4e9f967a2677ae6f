/**
 * @module
 * createStorage: the page's store, and the memory twin that takes its place when the database is
 * refused or dies. What is in the database stays there for the next page.
 */
import { asSottoError, type SottoError } from '../errors.ts';
import { MemoryPageStore } from '../store/memoryPageStore.ts';
import { IndexedDbPageStore } from '../store/pageStore.ts';
import type { PageStore } from '../store/types.ts';

export interface Storage {
  kind: () => PageStore['kind'];
  /** Runs `work`; where the database fails it, once more in memory. */
  use: <T>(work: (store: PageStore) => Promise<T>) => Promise<T>;
  close: () => void;
}

/** @param name - null: in memory from the start. */
export function createStorage(name: string | null, onLost: (error: SottoError) => void): Storage {
  let store: PageStore = name === null ? new MemoryPageStore() : new IndexedDbPageStore(name);

  return {
    kind: () => store.kind,
    async use(work) {
      try {
        return await work(store);
      } catch (thrown) {
        const error = asSottoError(thrown);
        if (error.code !== 'storage-unavailable') throw error;
        // Several calls may fail at once.
        if (store.kind !== 'memory') {
          store.close();
          store = new MemoryPageStore();
          onLost(error);
        }
        return work(store);
      }
    },
    close: () => store.close(),
  };
}
