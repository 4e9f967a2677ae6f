/**
 * @module
 * Connection: one lazily opened database that opens again after it was lost (site data cleared,
 * Safari's dropped connections) and gives way to a newer version in another tab.
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
  #database: Promise<Database> | null = null;
  #closed = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws {SottoError} `destroyed` after `close`; `storage-unavailable`. */
  async open(): Promise<Database> {
    if (this.#closed) throw new SottoError('destroyed', 'the store is closed');
    const database = (this.#database ??= this.#open());
    try {
      return await database;
    } catch (error) {
      // The next call tries again.
      this.#forsake(database);
      throw asSottoError(error, 'storage-unavailable');
    }
  }

  /**
   * Runs `work` in one transaction and resolves once that is complete. All or nothing: whatever
   * goes wrong in between leaves the database as it was. `work` must await nothing but requests of
   * the transaction, which would otherwise end under it.
   */
  async write<T>(stores: Names, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const database = await this.open();
    try {
      const transaction = database.transaction(stores, 'readwrite', {
        // The journal covers what a power cut may take; a strict flush would cost tens of ms.
        durability: 'relaxed',
      });
      const worked = work(transaction).catch((error: unknown) => {
        abort(transaction);
        throw error;
      });
      return (await Promise.all([worked, transaction.done]))[0];
    } catch (error) {
      // A dead connection says so only when it is used.
      if ((error as Error).name === 'InvalidStateError') this.#forsake(this.#database);
      throw asSottoError(error, 'storage-unavailable');
    }
  }

  close(): void {
    this.#closed = true;
    this.#forsake(this.#database);
  }

  #forsake(opened: Promise<Database> | null): void {
    if (this.#database === opened) this.#database = null;
    void opened?.then((database) => database.close()).catch(() => {});
  }

  #open(): Promise<Database> {
    const forsake = () => this.#forsake(first);
    const opened = openDB<Schema>(this.#name, SCHEMA_VERSION, {
      upgrade,
      blocking: forsake,
      terminated: forsake,
    });
    let timer: ReturnType<typeof setTimeout>;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the database did not open within ${OPEN_TIMEOUT_MS} ms`)),
        OPEN_TIMEOUT_MS,
      );
    });
    const first: Promise<Database> = Promise.race([opened, late]).finally(() =>
      clearTimeout(timer),
    );
    // One that opens after all must not stay open unused.
    first.catch(() => void opened.then((database) => database.close()).catch(() => {}));
    return first;
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
