/**
 * @module
 * IndexedDbPageStore: the page's half of the IndexedDB store. It appends and shows, so that the
 * page's bundle carries nothing of how the log is read.
 */
import type { FeedbackEvent } from '../events.ts';
import { Connection, type Names, type Transaction } from './connection.ts';
import { CURSOR_KEY, type StoredEvent } from './schema.ts';
import { MAX_LISTS, type CachedList, type LogEntry, type PageStore } from './types.ts';
import type { StoreContents } from './types.ts';

const EVERYTHING: Names = ['events', 'preferences', 'cursor', 'lists', 'settings'];

export class IndexedDbPageStore implements PageStore {
  readonly kind = 'indexeddb';
  protected readonly connection: Connection;

  constructor(name: string) {
    this.connection = new Connection(name);
  }

  async append(events: readonly FeedbackEvent[]): Promise<number> {
    try {
      return await this.connection.write(['events'], (transaction) => add(transaction, events));
    } catch (error) {
      if (((error as Error).cause as Error | undefined)?.name !== 'ConstraintError') throw error;
      // An id is there already, and the whole transaction has failed for it. That is rare (a replay
      // of the journal), so only then are the ids looked up first.
      return this.connection.write(['events'], async (transaction) => {
        const index = transaction.objectStore('events').index('id');
        const seen = new Set<string>();
        const known = await Promise.all(events.map((event) => index.getKey(event.id)));
        return add(
          transaction,
          events.filter((event, place) => {
            const isNew = known[place] === undefined && !seen.has(event.id);
            seen.add(event.id);
            return isNew;
          }),
        );
      });
    }
  }

  async lastEvent(): Promise<FeedbackEvent | undefined> {
    const events = (await this.connection.open()).transaction('events').store;
    return (await events.openCursor(null, 'prev'))?.value.event;
  }

  forget(
    itemId?: string,
    keep: readonly (readonly [key: string, value: unknown])[] = [],
  ): Promise<void> {
    return this.connection.write(EVERYTHING, async (transaction) => {
      const work: Promise<unknown>[] = [];
      if (itemId === undefined) {
        for (const name of EVERYTHING) work.push(transaction.objectStore(name).clear());
      } else {
        const events = transaction.objectStore('events');
        for (const sequence of await events.index('itemId').getAllKeys(itemId)) {
          work.push(events.delete(sequence));
        }
        work.push(transaction.objectStore('preferences').delete(itemId));
        work.push(transaction.objectStore('lists').clear());
        const cursors = transaction.objectStore('cursor');
        const cursor = await cursors.get(CURSOR_KEY);
        // Whoever holds the preferences in memory must see that they have moved.
        if (cursor) work.push(cursors.put({ ...cursor, stamp: Math.random() }, CURSOR_KEY));
      }
      for (const [key, value] of keep) {
        work.push(transaction.objectStore('settings').put(value, key));
      }
      await Promise.all(work);
    });
  }

  async contents(): Promise<StoreContents> {
    const transaction = (await this.connection.open()).transaction(EVERYTHING);
    const settings = transaction.objectStore('settings');
    const [events, preferences, cursor, lists, keys, values] = await Promise.all([
      transaction.objectStore('events').getAll(),
      transaction.objectStore('preferences').getAll(),
      transaction.objectStore('cursor').get(CURSOR_KEY),
      transaction.objectStore('lists').getAll(),
      settings.getAllKeys(),
      settings.getAll(),
    ]);
    return {
      events: events.map(toEntry),
      preferences,
      cursor: cursor ? { sequence: cursor.sequence, configuration: cursor.configuration } : null,
      lists,
      settings: keys.map((key, index) => [key, values[index]]),
    };
  }

  async getList(key: string): Promise<CachedList | undefined> {
    return (await this.connection.open()).get('lists', key);
  }

  putList(list: CachedList): Promise<void> {
    return this.connection.write(['lists'], async (transaction) => {
      const lists = transaction.objectStore('lists');
      if ((await lists.count()) >= MAX_LISTS) await lists.clear();
      await lists.put(list);
    });
  }

  clearLists(): Promise<void> {
    return this.connection.write(['lists'], (transaction) =>
      transaction.objectStore('lists').clear(),
    );
  }

  async getSetting<T>(key: string): Promise<T | undefined> {
    return (await (await this.connection.open()).get('settings', key)) as T | undefined;
  }

  putSetting(key: string, value: unknown): Promise<void> {
    return this.connection.write(['settings'], async (transaction) => {
      await transaction.objectStore('settings').put(value, key);
    });
  }

  close(): void {
    this.connection.close();
  }
}

export function toEntry(stored: StoredEvent): LogEntry {
  return { sequence: stored.sequence as number, event: stored.event };
}

/**
 * Every request must be made before the commit, and the commit in the same task: a click that
 * navigates away leaves no later one.
 */
async function add(transaction: Transaction, events: readonly FeedbackEvent[]): Promise<number> {
  const store = transaction.objectStore('events');
  const added = Promise.all(events.map((event) => store.add({ event })));
  transaction.commit();
  await added;
  return events.length;
}
