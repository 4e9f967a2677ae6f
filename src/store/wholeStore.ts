/**
 * @module
 * What looks through the whole database: everything that is held, and all of it, or of one item,
 * removed. Seldom asked for, so the page loads it when it is.
 */
import type { Connection } from './connection.ts';
import { CURSOR_KEY, EVERYTHING, toEntry } from './schema.ts';
import { transactIdb } from './transactIdb.ts';
import { CREDITS, LASTING, type Kept, type KeptValues, type StoreContents } from './types.ts';

/** @param keep - settings that are written anew where everything goes. */
export async function forget(
  connection: Connection,
  itemId: string | undefined,
  keep: Kept = [],
): Promise<void> {
  if (itemId !== undefined) return forgetItem(connection, itemId);
  await connection.transact(EVERYTHING, 'readwrite', (transaction) => {
    for (const name of EVERYTHING) {
      const store = transaction.objectStore(name);
      if (name === 'settings') store.delete(IDBKeyRange.upperBound(LASTING));
      else store.clear();
    }
    for (const [key, value] of keep) transaction.objectStore('settings').put(value, key);
  });
}

/** Removes one item's events, preferences, credit and every cached list. */
function forgetItem(connection: Connection, itemId: string): Promise<void> {
  return transactIdb(connection, EVERYTHING, 'readwrite', async (transaction) => {
    const events = transaction.objectStore('events');
    const cursors = transaction.objectStore('cursor');
    const settings = transaction.objectStore('settings');
    const [keys, cursor, credits] = await Promise.all([
      events.index('itemId').getAllKeys(itemId),
      cursors.get(CURSOR_KEY),
      settings.get(CREDITS),
    ]);
    const isCredited = credits instanceof Map && credits.delete(itemId);
    await Promise.all([
      ...keys.map((key) => events.delete(key)),
      transaction.objectStore('preferences').delete(itemId),
      transaction.objectStore('lists').clear(),
      // Whoever holds the preferences in memory must see that they have moved.
      cursor && cursors.put({ ...cursor, stamp: Math.random() }, CURSOR_KEY),
      isCredited && settings.put(credits, CREDITS),
    ]);
  });
}

export function contents(connection: Connection): Promise<StoreContents> {
  return transactIdb(connection, EVERYTHING, 'readonly', async (transaction) => {
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
