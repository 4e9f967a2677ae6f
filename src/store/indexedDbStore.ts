/**
 * @module
 * IndexedDbStore: the page's half and the worker's over one connection, the whole Store. Each side
 * has only its own half; together they are what the contract is held against.
 */
import { IndexedDbLog } from './indexedDbLog.ts';
import { IndexedDbPageStore } from './pageStore.ts';
import type { AdvanceResult, LogEntry, Reduce, Retention, Store } from './types.ts';

export class IndexedDbStore extends IndexedDbPageStore implements Store {
  readonly #log = new IndexedDbLog(this.connection);

  constructor(name: string) {
    super(name, () => import('./wholeStore.ts'));
  }

  advance(configuration: string, reduce: Reduce): Promise<AdvanceResult> {
    return this.#log.advance(configuration, reduce);
  }

  retire(retention: Retention, nowMs: number, reduce: Reduce): Promise<number> {
    return this.#log.retire(retention, nowMs, reduce);
  }

  entries(itemId?: string): Promise<LogEntry[]> {
    return this.#log.entries(itemId);
  }

  spend(epsilon: number, limit: number): Promise<boolean> {
    return this.#log.spend(epsilon, limit);
  }

  countEvents(): Promise<number> {
    return this.#log.countEvents();
  }
}
