/**
 * @module
 * createStorage: the page's store, and the memory twin that takes its place when the database is
 * refused or dies. What is in the database stays there for the next page.
 */
import { asSottoError, type SottoError } from '../errors.ts';
import { openPageStore } from '../store/pageStore.ts';
import type { PageStore } from '../store/types.ts';

export interface Storage {
  kind: () => PageStore['kind'];
  /** Runs `work`; where the database fails it, once more in memory. */
  use: <T>(work: (store: PageStore) => Promise<T>) => Promise<T>;
  close: () => void;
}

/** @param name - null: in memory from the start. */
export function createStorage(name: string | null, onLost: (error: SottoError) => void): Storage {
  let database = name === null ? null : openPageStore(name, () => import('../store/wholeStore.ts'));
  let memory: Promise<PageStore> | undefined;

  return {
    kind: () => (database ? 'indexeddb' : 'memory'),
    async use(work) {
      if (database) {
        try {
          return await work(database);
        } catch (thrown) {
          const error = asSottoError(thrown);
          if (error.code !== 'storage-unavailable') throw error;
          // Several calls may fail at once.
          if (database) {
            database.close();
            database = null;
            onLost(error);
          }
        }
      }
      // Seldom needed, so it loads when it is.
      memory ??= import('../store/memoryPageStore.ts').then(
        (module) => new module.MemoryPageStore(),
      );
      return work(await memory);
    },
    close() {
      database?.close();
      void memory?.then((store) => store.close());
    },
  };
}
