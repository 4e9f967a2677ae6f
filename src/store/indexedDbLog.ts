/**
 * @module
 * IndexedDbLog: what the worker does with the database, beside the page's half. It reads the log
 * after the cursor and keeps the preferences that come of it, by idb.
 */
import { loaded } from '../errors.ts';
import type { Connection } from './connection.ts';
import { CURSOR_KEY, toEntry, type Names } from './schema.ts';
import type { Held, LogWork } from './logWork.ts';
import { transactIdb } from './transactIdb.ts';
import { restarted } from './records.ts';
import { isRetirementDue } from './retention.ts';
import type { AdvanceResult, Cursor, LogEntry } from './types.ts';
import type { LogStore, Reduce, Retention } from './types.ts';

/** Preferences and cursor must move together: every write to either opens all three. */
const LOG: Names = ['events', 'preferences', 'cursor'];

export class IndexedDbLog implements LogStore {
  readonly kind = 'indexeddb';
  readonly #connection: Connection;
  /** null: unknown, to be read again. */
  #held: Held | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async advance(configuration: string, reduce: Reduce): Promise<AdvanceResult> {
    return this.#writeLog(async (transaction, stored, held) => {
      const rebuild = stored === undefined || stored.configuration !== configuration;
      const records = rebuild ? restarted(held.records) : held.records;
      const from = rebuild ? 0 : stored.sequence;
      const entries = (
        await transaction.objectStore('events').getAll(IDBKeyRange.lowerBound(from, true))
      ).map(toEntry);
      const sequence = entries.at(-1)?.sequence ?? stored?.sequence ?? 0;
      const cursor: Cursor = { sequence, configuration };
      const result: AdvanceResult = {
        cursor,
        entries,
        records,
        reloaded: held.isNews || (rebuild && stored !== undefined),
      };
      const changed = new Set(reduce(records, entries));
      // Nothing to say: an empty database stays empty.
      if (entries.length === 0 && (!stored || !rebuild))
        return { result, held: { ...held, records, isNews: false } };

      const preferences = transaction.objectStore('preferences');
      const stamp = Math.random();
      await Promise.all([
        rebuild && preferences.clear(),
        ...Array.from(rebuild ? records.keys() : changed, (id) => {
          const record = records.get(id);
          return record ? preferences.put(record) : preferences.delete(id);
        }),
        transaction.objectStore('cursor').put({ ...cursor, stamp }, CURSOR_KEY),
      ]);
      return { result, held: { stamp, records, isNews: false } };
    });
  }

  async retire(retention: Retention, nowMs: number, reduce: Reduce): Promise<number> {
    const isDue = await transactIdb(this.#connection, ['events'], 'readonly', (transaction) =>
      isRetirementDue(transaction, retention, nowMs),
    );
    if (!isDue) return 0;
    // Most logs are far from their bounds.
    const { retire } = await seldom();
    return this.#writeLog(retire(retention, nowMs, reduce));
  }

  async entries(itemId?: string): Promise<LogEntry[]> {
    const stored = await transactIdb(this.#connection, ['events'], 'readonly', (transaction) => {
      const events = transaction.objectStore('events');
      return itemId === undefined ? events.getAll() : events.index('itemId').getAll(itemId);
    });
    return stored.map(toEntry);
  }

  async spend(epsilon: number, limit: number): Promise<boolean> {
    return (await seldom()).spend(this.#connection, epsilon, limit);
  }

  countEvents(): Promise<number> {
    return transactIdb(this.#connection, ['events'], 'readonly', (transaction) =>
      transaction.objectStore('events').count(),
    );
  }

  close(): void {
    this.#connection.close();
  }

  /** What is in memory counts only once the transaction is complete: `work` changes it before. */
  async #writeLog<T>(work: LogWork<T>): Promise<T> {
    try {
      const { result, held } = await transactIdb(
        this.#connection,
        LOG,
        'readwrite',
        async (transaction) => {
          const stored = await transaction.objectStore('cursor').get(CURSOR_KEY);
          // Must be read after the request above: only then has every earlier transaction of this
          // instance ended and said what it holds.
          let held = this.#held;
          if (held === null || held.stamp !== stored?.stamp) {
            const all = await transaction.objectStore('preferences').getAll();
            const records = new Map(all.map((one) => [one.itemId, one]));
            held = { stamp: stored?.stamp, records, isNews: true };
          }
          return work(transaction, stored, held);
        },
      );
      this.#held = held;
      return result;
    } catch (error) {
      this.#held = null;
      throw error;
    }
  }
}

const seldom = () => loaded(import('./seldom.ts'));
