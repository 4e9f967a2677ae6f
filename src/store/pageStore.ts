/**
 * @module
 * openPageStore: the page's half of the IndexedDB store. It appends and keeps, so that the page's
 * bundle carries nothing of how the log is read; what is seldom asked for loads when it is. Raw
 * IndexedDB, as in `connection.ts`, whose types know nothing of the schema.
 */
import type { FeedbackEvent } from '../events.ts';
import { asked, connect, type Connection } from './connection.ts';
import type { StoredEvent } from './schema.ts';
import { MAX_LISTS, type KeptValues, type PageStore } from './types.ts';
import type * as wholeStore from './wholeStore.ts';

export interface IndexedDbPageStore extends PageStore {
  readonly connection: Connection;
}

/** @param loadWhole - brings what looks through the whole database, once it is needed. */
export function openPageStore(
  name: string,
  loadWhole: () => Promise<typeof wholeStore>,
): IndexedDbPageStore {
  const connection = connect(name);
  const { transact, close } = connection;

  /** @param isReplay - some of the ids may be there already. */
  const append = async (events: readonly FeedbackEvent[], isReplay = false): Promise<number> => {
    let added = events.length;
    let isKnown = false;
    try {
      await transact(['events'], 'readwrite', (transaction) => {
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
      return append(events, true);
    }
  };

  return {
    kind: 'indexeddb',
    connection,
    append: (events) => append(events),
    lastEvent: () =>
      transact(['events'], 'readonly', async (transaction) => {
        const cursor = await asked(transaction.objectStore('events').openCursor(null, 'prev'));
        return (cursor?.value as StoredEvent | undefined)?.event;
      }),
    forget: async (...given) => (await loadWhole()).forget(connection, ...given),
    contents: async () => (await loadWhole()).contents(connection),
    get: <K extends keyof KeptValues>(kind: K, key: string) =>
      transact(
        [kind],
        'readonly',
        (transaction) =>
          asked(transaction.objectStore(kind).get(key)) as Promise<KeptValues[K] | undefined>,
      ),
    put: (kind, key, value) =>
      transact([kind], 'readwrite', async (transaction) => {
        const store = transaction.objectStore(kind);
        if (kind === 'lists' && (await asked(store.count())) >= MAX_LISTS) store.clear();
        store.put(value, key);
      }),
    close,
  };
}
