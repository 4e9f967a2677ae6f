/**
 * @module
 * MemoryPageStore: the page's half of the memory twin, for when there is no IndexedDB. Everything
 * ends with the page.
 */
import { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import { MAX_LISTS, type CachedList, type LogEntry, type PageStore } from './types.ts';
import type { Kept, StoreContents } from './types.ts';

export class MemoryPageStore implements PageStore {
  readonly kind = 'memory';
  protected log: LogEntry[] = [];
  #sequence = 0;
  #closed = false;
  readonly #ids = new Set<string>();
  protected readonly lists = new Map<string, CachedList>();
  readonly #settings = new Map<string, unknown>();

  append(events: readonly FeedbackEvent[]): Promise<number> {
    return this.run(() => {
      const before = this.log.length;
      for (const event of events) {
        if (this.#ids.has(event.id)) continue;
        this.#ids.add(event.id);
        this.log.push({ sequence: ++this.#sequence, event: structuredClone(event) });
      }
      return this.log.length - before;
    });
  }

  lastEvent(): Promise<FeedbackEvent | undefined> {
    return this.run(() => this.log.at(-1)?.event);
  }

  forget(itemId?: string, keep: Kept = []): Promise<void> {
    return this.run(() => {
      this.lists.clear();
      this.drop((event) => itemId === undefined || event.itemId === itemId);
      if (itemId === undefined) this.#settings.clear();
      for (const [key, value] of keep) this.#settings.set(key, value);
    });
  }

  contents(): Promise<StoreContents> {
    return this.run(() => ({
      events: [...this.log],
      preferences: [],
      cursor: null,
      lists: [...this.lists.values()],
      settings: [...this.#settings].sort(),
    }));
  }

  getList(key: string): Promise<CachedList | undefined> {
    return this.run(() => this.lists.get(key));
  }

  putList(list: CachedList): Promise<void> {
    return this.run(() => {
      if (this.lists.size >= MAX_LISTS) this.lists.clear();
      this.lists.set(list.key, structuredClone(list));
    });
  }

  getSetting<T>(key: string): Promise<T | undefined> {
    return this.run(() => this.#settings.get(key) as T | undefined);
  }

  putSetting(key: string, value: unknown): Promise<void> {
    return this.run(() => void this.#settings.set(key, structuredClone(value)));
  }

  close(): void {
    this.#closed = true;
  }

  /** Every call ends in a rejection where its twin's would, never in a throw. */
  protected async run<T>(work: () => T): Promise<T> {
    if (this.#closed) throw new SottoError('destroyed', 'the store is closed');
    return await work();
  }

  protected drop(leaves: (event: FeedbackEvent, sequence: number) => boolean): void {
    this.log = this.log.filter(({ event, sequence }) => {
      const left = leaves(event, sequence);
      if (left) this.#ids.delete(event.id);
      return !left;
    });
  }
}
