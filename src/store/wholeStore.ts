/**
 * @module
 * What looks through the whole database: everything that is held, and all of one item removed.
 * Seldom asked for, so the page loads it when it is.
 */
import { asked, type Connection } from './connection.ts';
import { CURSOR_KEY, EVERYTHING, toEntry } from './schema.ts';
import { CREDITS, type KeptValues, type StoreContents } from './types.ts';

/** Removes one item's events, preferences, credit and every cached list. */
export function forgetItem(connection: Connection, itemId: string): Promise<void> {
  return connection.transact(EVERYTHING, 'readwrite', async (transaction) => {
    const events = transaction.objectStore('events');
    const cursors = transaction.objectStore('cursor');
    const settings = transaction.objectStore('settings');
    const [keys, cursor, credits] = await Promise.all([
      asked(events.index('itemId').getAllKeys(itemId)),
      asked(cursors.get(CURSOR_KEY)),
      asked(settings.get(CREDITS)),
    ]);
    for (const key of keys) events.delete(key);
    transaction.objectStore('preferences').delete(itemId);
    transaction.objectStore('lists').clear();
    // Whoever holds the preferences in memory must see that they have moved.
    if (cursor) cursors.put({ ...cursor, stamp: Math.random() }, CURSOR_KEY);
    if (credits instanceof Map && credits.delete(itemId)) settings.put(credits, CREDITS);
  });
}

export function readContents(connection: Connection): Promise<StoreContents> {
  return connection.transact(EVERYTHING, 'readonly', async (transaction) => {
    const pairs = async <K extends keyof KeptValues>(kind: K) => {
      const store = transaction.objectStore(kind);
      const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
      return keys.map((key, index) => [key, values[index]] as [string, KeptValues[K]]);
    };
    const [events, preferences, cursor, lists, settings] = await Promise.all([
      asked(transaction.objectStore('events').getAll()),
      asked(transaction.objectStore('preferences').getAll()),
      asked(transaction.objectStore('cursor').get(CURSOR_KEY)),
      pairs('lists'),
      pairs('settings'),
    ]);
    return { events: events.map(toEntry), preferences, cursor: cursor ?? null, lists, settings };
  });
}
