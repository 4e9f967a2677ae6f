/**
 * @module
 * IndexedDbPageStore: the page's half of the IndexedDB store. It appends and keeps, so that the
 * page's bundle carries nothing of how the log is read; what is seldom asked for loads when it is.
 * Raw IndexedDB, as in `connection.ts`, whose types know nothing of the schema.
 */
import type { FeedbackEvent } from '../events.ts';
import { asked, connect, type Connection } from './connection.ts';
import type { StoredEvent } from './schema.ts';
import { MAX_LISTS, type Kept, type KeptValues } from './types.ts';
import type { PageStore, StoreContents } from './types.ts';
import type * as wholeStore from './wholeStore.ts';

type WholeStore = typeof wholeStore;

export class IndexedDbPageStore implements PageStore {
  readonly kind = 'indexeddb';
  protected readonly connection: Connection;

  readonly #loadWhole: () => Promise<WholeStore>;

  /** @param loadWhole - brings what looks through the whole database, once it is needed. */
  constructor(name: string, loadWhole: () => Promise<WholeStore>) {
    this.connection = connect(name);
    this.#loadWhole = loadWhole;
  }

  /** @param isReplay - some of the ids may be there already. */
  async append(events: readonly FeedbackEvent[], isReplay = false): Promise<number> {
    let added = events.length;
    let isKnown = false;
    try {
      await this.connection.transact(['events'], 'readwrite', (transaction) => {
        const store = transaction.objectStore('events');
        for (const event of events) {
          const request = store.add({ event });
          request.onerror = (failure) => {
            // Noted here: once committed, Firefox says of the whole only that it was aborted.
            isKnown ||= request.error!.name === 'ConstraintError';
            if (!isReplay) return;
            // That event alone is left out.
            failure.preventDefault();
            added--;
          };
        }
        // Every request must be made before the commit, and the commit in the same task: a click
        // that navigates away leaves no later one. After it, one event that fails fails them all.
        if (!isReplay) transaction.commit();
      });
      return added;
    } catch (error) {
      if (isReplay || !isKnown) throw error;
      return this.append(events, true);
    }
  }

  lastEvent(): Promise<FeedbackEvent | undefined> {
    return this.connection.transact(['events'], 'readonly', async (transaction) => {
      const cursor = await asked(transaction.objectStore('events').openCursor(null, 'prev'));
      return (cursor?.value as StoredEvent | undefined)?.event;
    });
  }

  async forget(itemId?: string, keep?: Kept): Promise<void> {
    return (await this.#loadWhole()).forget(this.connection, itemId, keep);
  }

  async contents(): Promise<StoreContents> {
    return (await this.#loadWhole()).contents(this.connection);
  }

  get<K extends keyof KeptValues>(kind: K, key: string): Promise<KeptValues[K] | undefined> {
    return this.connection.transact(
      [kind],
      'readonly',
      (transaction) =>
        asked(transaction.objectStore(kind).get(key)) as Promise<KeptValues[K] | undefined>,
    );
  }

  put<K extends keyof KeptValues>(kind: K, key: string, value: KeptValues[K]): Promise<void> {
    return this.connection.transact([kind], 'readwrite', async (transaction) => {
      const store = transaction.objectStore(kind);
      if (kind === 'lists' && (await asked(store.count())) >= MAX_LISTS) store.clear();
      store.put(value, key);
    });
  }

  close(): void {
    this.connection.close();
  }
}
