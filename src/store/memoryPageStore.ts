/**
 * @module
 * MemoryPageStore: the page's half of the memory twin, for when there is no IndexedDB. Everything
 * ends with the page.
 */
import { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import { CREDITS, MAX_LISTS, LASTING, type Kept, type KeptValues, type LogEntry } from './types.ts';
import type { PageStore, StoreContents } from './types.ts';

export class MemoryPageStore implements PageStore {
  readonly kind = 'memory';
  protected log: LogEntry[] = [];
  #sequence = 0;
  #closed = false;
  readonly #ids = new Set<string>();
  protected readonly kept: { [K in keyof KeptValues]: Map<string, KeptValues[K]> } = {
    lists: new Map(),
    settings: new Map(),
  };

  append(events: readonly FeedbackEvent[]): Promise<number> {
    return this.run(() => {
      const before = this.log.length;
      for (const event of events) {
        if (this.#ids.has(event.id)) continue;
        this.#ids.add(event.id);
        this.log.push({ sequence: ++this.#sequence, event });
      }
      return this.log.length - before;
    });
  }

  lastEvent(): Promise<FeedbackEvent | undefined> {
    return this.run(() => this.log.at(-1)?.event);
  }

  forget(itemId?: string, keep: Kept = []): Promise<void> {
    return this.run(() => {
      this.kept.lists.clear();
      this.drop((event) => itemId === undefined || event.itemId === itemId);
      for (const key of this.kept.settings.keys()) {
        if (itemId === undefined && key < LASTING) this.kept.settings.delete(key);
      }
      const credits = this.kept.settings.get(CREDITS);
      if (credits instanceof Map) credits.delete(itemId);
      for (const [key, value] of keep) this.kept.settings.set(key, value);
    });
  }

  contents(): Promise<StoreContents> {
    return this.run(() => ({
      events: [...this.log],
      preferences: [],
      cursor: null,
      lists: [...this.kept.lists],
      settings: [...this.kept.settings],
    }));
  }

  get<K extends keyof KeptValues>(kind: K, key: string): Promise<KeptValues[K] | undefined> {
    return this.run(() => this.kept[kind].get(key));
  }

  put<K extends keyof KeptValues>(kind: K, key: string, value: KeptValues[K]): Promise<void> {
    return this.run(() => {
      const values = this.kept[kind];
      if (kind === 'lists' && values.size >= MAX_LISTS) values.clear();
      values.set(key, structuredClone(value));
    });
  }

  close(): void {
    this.#closed = true;
  }

  /** Every call ends in a rejection where its twin's would, never in a throw. */
  protected async run<T>(work: () => T): Promise<T> {
    if (this.#closed) throw new SottoError('destroyed', 'the recommender was destroyed');
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
