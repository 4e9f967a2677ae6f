/**
 * @module
 * Connection: one lazily opened database, and transactions on it as promises. After any failure the
 * next call opens it anew (site data cleared, Safari's dropped connections), and it gives way to a
 * newer version in another tab.
 */
import { SottoError, asSottoError } from '../errors.ts';
import { SCHEMA_VERSION, upgrade, type Names, type Transaction } from './schema.ts';

/** Some browsers leave a request to open unanswered; a page must not wait for them. */
const OPEN_TIMEOUT_MS = 3000;

export class Connection {
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;
  #isClosed = false;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Runs `work` in one transaction and resolves once that is complete; what `work` throws ends it
   * with nothing changed. `work` must await nothing but requests of the transaction, which would
   * otherwise end under it.
   * @throws {SottoError} `destroyed` after `close`; else `storage-unavailable` for any failure.
   */
  async transact<T>(
    stores: Names,
    mode: 'readonly' | 'readwrite',
    work: (transaction: Transaction) => T | Promise<T>,
  ): Promise<T> {
    if (this.#isClosed) throw new SottoError('destroyed', 'the store is closed');
    try {
      const database = await (this.#database ??= this.#open());
      // The journal covers what a power cut may take; a strict flush would cost tens of ms.
      const transaction = database.transaction(stores, mode, { durability: 'relaxed' });
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error!);
      });
      try {
        // Together: a transaction that fails by itself leaves requests without an answer.
        return (await Promise.all([work(transaction as Transaction), done]))[0];
      } catch (error) {
        abort(transaction);
        throw error;
      }
    } catch (error) {
      this.#forsake();
      throw asSottoError(error, 'storage-unavailable');
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#forsake();
  }

  /** What is under way still ends: closing waits for it. */
  #forsake(): void {
    this.#database?.then((database) => database.close()).catch(() => {});
    this.#database = undefined;
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, SCHEMA_VERSION);
      const timer = setTimeout(reject, OPEN_TIMEOUT_MS, new Error('the database does not open'));
      request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
      request.onerror = () => reject(request.error!);
      request.onsuccess = () => {
        const database = request.result;
        clearTimeout(timer);
        // One that opened too late is closed by its own event.
        database.onversionchange = () => {
          database.close();
          this.#forsake();
        };
        database.onclose = () => this.#forsake();
        resolve(database);
      };
    });
  }
}

/** The answer to one request. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // A failed request has ended it already.
  }
}
