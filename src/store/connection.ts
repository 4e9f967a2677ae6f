/**
 * @module
 * Connection: one lazily opened database. After any failure the next call opens it anew (site data
 * cleared, Safari's dropped connections), and it gives way to a newer version in another tab.
 */
import { openDB, type IDBPTransaction, type StoreNames } from 'idb';
import { SottoError, asSottoError } from '../errors.ts';
import { SCHEMA_VERSION, upgrade, type Database, type Schema } from './schema.ts';

/** Some browsers leave a request to open unanswered; a page must not wait for them. */
const OPEN_TIMEOUT_MS = 3000;

export type Names = StoreNames<Schema>[];
export type Transaction = IDBPTransaction<Schema, Names, 'readwrite'>;

export class Connection {
  readonly #name: string;
  #database: Promise<Database> | undefined;
  #isClosed = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws {SottoError} `destroyed` after `close`; else `storage-unavailable` for any failure. */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new SottoError('destroyed', 'the store is closed');
    try {
      return await work(await (this.#database ??= this.#open()));
    } catch (error) {
      this.#forsake();
      throw asSottoError(error, 'storage-unavailable');
    }
  }

  /**
   * Runs `work` in one transaction and resolves once that is complete. `work` must await nothing
   * but requests of the transaction, which would otherwise end under it.
   */
  write<T>(stores: Names, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.use(async (database) => {
      // The journal covers what a power cut may take; a strict flush would cost tens of ms.
      const transaction = database.transaction(stores, 'readwrite', { durability: 'relaxed' });
      return (await Promise.all([work(transaction), transaction.done]))[0];
    });
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

  #open(): Promise<Database> {
    const forsake = () => this.#forsake();
    return Promise.race([
      openDB<Schema>(this.#name, SCHEMA_VERSION, {
        upgrade,
        // One that opened too late is closed by its own event.
        blocking: (_from, _to, event) => {
          (event.target as IDBDatabase).close();
          forsake();
        },
        terminated: forsake,
      }),
      new Promise<never>((_, reject) => {
        setTimeout(reject, OPEN_TIMEOUT_MS, new Error('the database does not open'));
      }),
    ]);
  }
}
