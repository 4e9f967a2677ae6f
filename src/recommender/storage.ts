/**
 * @module
 * Storage: the page's store, and the memory twin that takes its place when the database is refused
 * or dies. Settings and events that can still be read move over.
 */
import { asSottoError, type SottoError } from '../errors.ts';
import { MemoryPageStore } from '../store/memoryPageStore.ts';
import { IndexedDbPageStore } from '../store/pageStore.ts';
import type { PageStore } from '../store/types.ts';

export class Storage {
  #store: PageStore;
  #moving: Promise<void> | null = null;
  readonly #onLost: (error: SottoError) => void;

  /** @param name - null: in memory from the start. */
  constructor(name: string | null, onLost: (error: SottoError) => void) {
    this.#store = name === null ? new MemoryPageStore() : new IndexedDbPageStore(name);
    this.#onLost = onLost;
  }

  get kind(): 'indexeddb' | 'memory' {
    return this.#store.kind;
  }

  /** Runs `work`; where the database fails it, once more in memory. */
  async use<T>(work: (store: PageStore) => Promise<T>): Promise<T> {
    const store = this.#store;
    try {
      return await work(store);
    } catch (thrown) {
      const error = asSottoError(thrown, 'storage-unavailable');
      if (error.code !== 'storage-unavailable' || store.kind === 'memory') throw error;
      await (this.#moving ??= this.#moveToMemory(error));
      return work(this.#store);
    }
  }

  close(): void {
    this.#store.close();
  }

  async #moveToMemory(error: SottoError): Promise<void> {
    const lost = this.#store;
    const memory = new MemoryPageStore();
    try {
      const { events, settings } = await lost.contents();
      await memory.append(events.map((entry) => entry.event));
      for (const [key, value] of settings) await memory.putSetting(key, value);
    } catch {
      // Nothing can be read either.
    }
    this.#store = memory;
    lost.close();
    this.#onLost(error);
  }
}
