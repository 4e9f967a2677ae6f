/**
 * @module
 * connect: one lazily opened database, and transactions on it as promises. After any failure the
 * next call opens it anew (site data cleared, Safari's dropped connections), and it gives way to a
 * newer version in another tab. Raw IndexedDB, which every page loads: idb would be a sixth of its
 * goal of 6 kB.
 */
import { SottoError, asSottoError } from '../errors.ts';
import { SCHEMA_VERSION, upgrade, type Names } from './schema.ts';

/** Some browsers leave a request to open unanswered; a page must not wait for them. */
const OPEN_TIMEOUT_MS = 3000;

export interface Connection {
  /**
   * Runs `work` in one transaction and resolves once that is complete; what `work` throws ends it
   * with nothing changed. `work` must await nothing but requests of the transaction, which would
   * otherwise end under it.
   * @throws {SottoError} `destroyed` after `close`; else `storage-unavailable` for any failure.
   */
  transact: <T>(
    stores: Names,
    mode: 'readonly' | 'readwrite',
    work: (transaction: IDBTransaction) => T | Promise<T>,
  ) => Promise<T>;
  close: () => void;
}

export function connect(name: string): Connection {
  let opened: Promise<IDBDatabase> | undefined;
  let isClosed = false;

  /** What is under way still ends: closing waits for it. */
  const forsake = () => {
    opened?.then((database) => database.close()).catch(() => {});
    opened = undefined;
  };
  const open = () =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, SCHEMA_VERSION);
      const timer = setTimeout(reject, OPEN_TIMEOUT_MS, new Error('the database does not open'));
      request.onupgradeneeded = () => upgrade(request.result);
      asked(request).then((database) => {
        clearTimeout(timer);
        database.onclose = forsake;
        database.onversionchange = () => {
          // One that opened too late is nobody's.
          database.close();
          forsake();
        };
        resolve(database);
      }, reject);
    });

  return {
    async transact(stores, mode, work) {
      if (isClosed) throw new SottoError('destroyed', 'the recommender was destroyed');
      let transaction: IDBTransaction | undefined;
      try {
        // The journal covers what a power cut may take; a strict flush would cost tens of ms.
        transaction = (await (opened ??= open())).transaction(stores, mode, {
          durability: 'relaxed',
        });
        // Together: a transaction that fails by itself leaves requests without an answer.
        return (await Promise.all([work(transaction), endOf(transaction)]))[0];
      } catch (error) {
        try {
          transaction?.abort();
        } catch {
          // A failed request has ended it already.
        }
        forsake();
        throw asSottoError(error, 'storage-unavailable');
      }
    },
    close() {
      isClosed = true;
      forsake();
    },
  };
}

function endOf(transaction: IDBTransaction): Promise<unknown> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error!);
  });
}

/** The answer to one request, for the page; the rest of the store speaks idb. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}
