/**
 * @module
 * spend: adds to what the visitor's reports have spent of their privacy, where there is room.
 */
import type { Connection } from './connection.ts';
import { spentWith } from './spentWith.ts';
import { transactIdb } from './transactIdb.ts';
import { SPENT_EPSILON_KEY } from './types.ts';

/** @returns whether there was room; if not, nothing is changed. */
export function spend(connection: Connection, epsilon: number, limit: number): Promise<boolean> {
  return transactIdb(connection, ['settings'], 'readwrite', async (transaction) => {
    const settings = transaction.objectStore('settings');
    const spent = spentWith(await settings.get(SPENT_EPSILON_KEY), epsilon, limit);
    if (spent !== null) await settings.put(spent, SPENT_EPSILON_KEY);
    return spent !== null;
  });
}
