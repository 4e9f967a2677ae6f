/**
 * @module
 * IndexedDbPageStore: the page's half of the IndexedDB store. It appends and shows, so that the
 * page's bundle carries nothing of how the log is read.
 */
import type { FeedbackEvent } from '../events.ts';
import { Connection, type Names, type Transaction } from './connection.ts';
import { CURSOR_KEY, type StoredEvent } from './schema.ts';
import {
  MAX_LISTS,
  SPENT_EPSILON_KEY,
  type Kept,
  type KeptValues,
  type LogEntry,
} from './types.ts';
import type { PageStore, StoreContents } from './types.ts';

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
      // An id is there already, and the whole batch has failed for it. That is rare (a replay of
      // the journal), so only then does each event go by itself.
      let added = 0;
      if (events.length > 1) for (const event of events) added += await this.append([event]);
      return added;
    }
  }

  lastEvent(): Promise<FeedbackEvent | undefined> {
    return this.connection.use(
      async (database) =>
        (await database.transaction('events').store.openCursor(null, 'prev'))?.value.event,
    );
  }

  forget(itemId?: string, keep: Kept = []): Promise<void> {
    return this.connection.write(EVERYTHING, async (transaction) => {
      const settings = transaction.objectStore('settings');
      const removed: Promise<unknown>[] = [];
      if (itemId === undefined) {
        const spent = await settings.get(SPENT_EPSILON_KEY);
        for (const name of EVERYTHING) removed.push(transaction.objectStore(name).clear());
        if (spent) removed.push(settings.put(spent, SPENT_EPSILON_KEY));
      } else {
        const events = transaction.objectStore('events');
        const cursors = transaction.objectStore('cursor');
        const keys = await events.index('itemId').getAllKeys(itemId);
        const cursor = await cursors.get(CURSOR_KEY);
        removed.push(
          ...keys.map((key) => events.delete(key)),
          transaction.objectStore('preferences').delete(itemId),
          transaction.objectStore('lists').clear(),
        );
        // Whoever holds the preferences in memory must see that they have moved.
        if (cursor) removed.push(cursors.put({ ...cursor, stamp: Math.random() }, CURSOR_KEY));
      }
      await Promise.all([...removed, ...keep.map(([key, value]) => settings.put(value, key))]);
    });
  }

  contents(): Promise<StoreContents> {
    return this.connection.use(async (database) => {
      const transaction = database.transaction(EVERYTHING);
      const pairs = async <K extends keyof KeptValues>(kind: K) => {
        const store = transaction.objectStore(kind);
        const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return keys.map((key, index) => [key, values[index]] as [string, KeptValues[K]]);
      };
      const [events, preferences, cursor, lists, settings] = await Promise.all([
        transaction.objectStore('events').getAll(),
        transaction.objectStore('preferences').getAll(),
        transaction.objectStore('cursor').get(CURSOR_KEY),
        pairs('lists'),
        pairs('settings'),
      ]);
      return { events: events.map(toEntry), preferences, cursor: cursor ?? null, lists, settings };
    });
  }

  get<K extends keyof KeptValues>(kind: K, key: string): Promise<KeptValues[K] | undefined> {
    return this.connection.use(
      (database) => database.transaction(kind).store.get(key) as Promise<KeptValues[K]>,
    );
  }

  put<K extends keyof KeptValues>(kind: K, key: string, value: KeptValues[K]): Promise<void> {
    return this.connection.write([kind], async (transaction) => {
      const store = transaction.objectStore(kind);
      if (kind === 'lists' && (await store.count()) >= MAX_LISTS) await store.clear();
      await store.put(value, key);
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
  return (await added).length;
}
