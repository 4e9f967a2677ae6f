/**
 * @module
 * IndexedDbStore: the worker's half beside the page's. It reads the log after the cursor and keeps
 * the preferences that come of it, by idb.
 */
import type { PreferenceRecord } from '../events.ts';
import { IndexedDbPageStore } from './pageStore.ts';
import { CURSOR_KEY, toEntry, type Names, type StoredCursor } from './schema.ts';
import { transactIdb, type Transaction } from './transactIdb.ts';
import { forgetItem, readContents } from './wholeStore.ts';
import { restarted, retiredParts, withRetired } from './records.ts';
import { spentWith } from './spentWith.ts';
import { SPENT_EPSILON_KEY, type AdvanceResult, type Cursor, type LogEntry } from './types.ts';
import type { Reduce, Retention, Store } from './types.ts';

const DAY_MS = 86_400_000;

/** Preferences and cursor must move together: every write to either opens all three. */
const LOG: Names = ['events', 'preferences', 'cursor'];

/** What the stored preferences are, as this instance knows them from its last transaction. */
interface Held {
  stamp: number | undefined;
  records: Map<string, PreferenceRecord>;
  /** Read anew since the last `advance`, which is what tells the caller of it. */
  isNews: boolean;
}

export class IndexedDbStore extends IndexedDbPageStore implements Store {
  /** null: unknown, to be read again. */
  #held: Held | null = null;

  constructor(name: string) {
    // In the worker it is there from the start: a chunk of its own would be one more request.
    super(name, () => Promise.resolve({ forgetItem, readContents }));
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
    return this.#writeLog(async (transaction, stored, held) => {
      if (!stored) return { result: 0, held };
      const leaving = await pastRetention(transaction, retention, nowMs, stored.sequence);
      if (leaving.length === 0) return { result: 0, held };

      const events = transaction.objectStore('events');
      const preferences = transaction.objectStore('preferences');
      const stamp = Math.random();
      const parts = retiredParts(held.records, leaving);
      reduce(parts, leaving);
      await Promise.all([
        ...leaving.map(({ sequence }) => events.delete(sequence)),
        ...Array.from(withRetired(held.records, parts), (record) => preferences.put(record)),
        transaction.objectStore('cursor').put({ ...stored, stamp }, CURSOR_KEY),
      ]);
      return { result: leaving.length, held: { ...held, stamp } };
    });
  }

  async entries(itemId?: string): Promise<LogEntry[]> {
    const stored = await transactIdb(this.connection, ['events'], 'readonly', (transaction) => {
      const events = transaction.objectStore('events');
      return itemId === undefined ? events.getAll() : events.index('itemId').getAll(itemId);
    });
    return stored.map(toEntry);
  }

  spend(epsilon: number, limit: number): Promise<boolean> {
    return transactIdb(this.connection, ['settings'], 'readwrite', async (transaction) => {
      const settings = transaction.objectStore('settings');
      const spent = spentWith(await settings.get(SPENT_EPSILON_KEY), epsilon, limit);
      if (spent !== null) await settings.put(spent, SPENT_EPSILON_KEY);
      return spent !== null;
    });
  }

  countEvents(): Promise<number> {
    return transactIdb(this.connection, ['events'], 'readonly', (transaction) =>
      transaction.objectStore('events').count(),
    );
  }

  /**
   * Gives `work` the preferences as they are stored: those in memory when nobody has written since,
   * else read anew. What is in memory counts only once the transaction is complete, since `work`
   * changes it before that.
   */
  async #writeLog<T>(
    work: (
      transaction: Transaction,
      stored: StoredCursor | undefined,
      held: Held,
    ) => Promise<{ result: T; held: Held }>,
  ): Promise<T> {
    try {
      const { result, held } = await transactIdb(
        this.connection,
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

/** Counted entries that are too old or too many, in order of sequence. */
async function pastRetention(
  transaction: Transaction,
  retention: Retention,
  nowMs: number,
  counted: number,
): Promise<LogEntry[]> {
  const events = transaction.objectStore('events');
  const oldest = nowMs - retention.maxAgeDays * DAY_MS;
  const excess = Math.max(0, (await events.count()) - retention.maxEvents);
  const [aged, extra] = await Promise.all([
    events.index('timestamp').getAll(IDBKeyRange.upperBound(oldest, true)),
    // A count of 0 would mean all of them.
    excess > 0 ? events.getAll(null, excess) : [],
  ]);
  const leaving = new Map([...aged, ...extra].map(toEntry).map((entry) => [entry.sequence, entry]));
  return [...leaving.values()]
    .filter(({ sequence }) => sequence <= counted)
    .sort((left, right) => left.sequence - right.sequence);
}
