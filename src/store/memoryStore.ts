/**
 * @module
 * MemoryStore: the whole Store in memory. The readable twin that the IndexedDB one is tested
 * beside, and what the worker learns from when there is no database.
 */
import type { PreferenceRecord } from '../events.ts';
import { MemoryPageStore } from './memoryPageStore.ts';
import { restarted } from './records.ts';
import { retiredParts, withRetired } from './retiredRecords.ts';
import { spentWith } from './spentWith.ts';
import { SPENT_EPSILON_KEY, type AdvanceResult, type Cursor, type LogEntry } from './types.ts';
import type { Kept, Reduce, Retention, Store, StoreContents } from './types.ts';

const DAY_MS = 86_400_000;

export class MemoryStore extends MemoryPageStore implements Store {
  #cursor: Cursor | null = null;
  #records = new Map<string, PreferenceRecord>();
  #moved = true;
  #stale = false;

  advance(configuration: string, reduce: Reduce): Promise<AdvanceResult> {
    return this.run(() => {
      const rebuild = this.#stale || this.#cursor?.configuration !== configuration;
      const from = rebuild ? 0 : (this.#cursor?.sequence ?? 0);
      const records = rebuild ? restarted(this.#records) : this.#records;
      const entries = this.log.filter(({ sequence }) => sequence > from);
      const sequence = entries.at(-1)?.sequence ?? this.#cursor?.sequence ?? 0;
      const cursor = { sequence, configuration };
      // Reduce changes the records: after a throw they are made anew from the log.
      this.#stale = true;
      // The result lists what changed; running through it is what makes a lazy one count.
      Array.from(reduce(records, entries));
      this.#stale = false;
      const reloaded = (rebuild && this.#cursor !== null) || this.#moved;
      if (entries.length > 0 || this.#cursor) this.#cursor = cursor;
      this.#records = records;
      this.#moved = false;
      return { cursor, entries, records, reloaded };
    });
  }

  retire(retention: Retention, nowMs: number, reduce: Reduce): Promise<number> {
    return this.run(() => {
      const counted = this.#cursor?.sequence ?? 0;
      const oldest = nowMs - retention.maxAgeDays * DAY_MS;
      const excess = this.log.length - retention.maxEvents;
      const leaving = this.log.filter(
        ({ sequence, event }, index) =>
          sequence <= counted && (event.timestamp < oldest || index < excess),
      );
      const parts = retiredParts(this.#records, leaving);
      reduce(parts, leaving);
      withRetired(this.#records, parts);
      const gone = new Set(leaving.map(({ sequence }) => sequence));
      this.drop((_event, sequence) => gone.has(sequence));
      return leaving.length;
    });
  }

  entries(itemId?: string): Promise<LogEntry[]> {
    return this.run(() =>
      this.log.filter(({ event }) => itemId === undefined || event.itemId === itemId),
    );
  }

  countEvents(): Promise<number> {
    return this.run(() => this.log.length);
  }

  spend(epsilon: number, limit: number): Promise<boolean> {
    return this.run(() => {
      const { settings } = this.kept;
      const spent = spentWith(settings.get(SPENT_EPSILON_KEY), epsilon, limit);
      if (spent !== null) settings.set(SPENT_EPSILON_KEY, spent);
      return spent !== null;
    });
  }

  override forget(itemId?: string, keep?: Kept): Promise<void> {
    this.#moved = true;
    // A new Map: the one handed out before belongs to the past.
    this.#records = new Map(itemId === undefined ? [] : this.#records);
    if (itemId === undefined) this.#cursor = null;
    else this.#records.delete(itemId);
    return super.forget(itemId, keep);
  }

  override async contents(): Promise<StoreContents> {
    const contents = await super.contents();
    return { ...contents, preferences: [...this.#records.values()], cursor: this.#cursor };
  }
}
