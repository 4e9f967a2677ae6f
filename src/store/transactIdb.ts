/**
 * @module
 * transactIdb: a transaction of a connection as idb's promises, for everything but the page's half.
 */
import { wrap, type IDBPTransaction } from 'idb';
import type { Connection } from './connection.ts';
import type { Names, Schema } from './schema.ts';

type Mode = 'readonly' | 'readwrite';

export type Transaction<M extends Mode = 'readwrite'> = IDBPTransaction<Schema, Names, M>;

/**
 * As `Connection.transact`. `work` must take every promise that it makes into the one it returns:
 * when the transaction fails each of them does, and the page would hear of one that nobody awaits.
 */
export function transactIdb<T, M extends Mode>(
  connection: Connection,
  stores: Names,
  mode: M,
  work: (transaction: Transaction<M>) => Promise<T>,
): Promise<T> {
  return connection.transact(stores, mode, (raw) => {
    const transaction = wrap(raw) as unknown as Transaction<M>;
    // The connection answers for how it ends.
    transaction.done.catch(() => undefined);
    return work(transaction);
  });
}
