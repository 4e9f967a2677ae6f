/**
 * @module
 * What a site may say of a call, and of a list. The worker checks it.
 */
import type { ItemFilter, ItemMetadata } from '../worker/api.ts';

/** Evaluated in the page, once for each item that might be shown. */
export type ItemPredicate = (item: ItemMetadata, itemId: string) => boolean;

/** What every call takes that waits for an answer. */
export interface CallOptions {
  /** Aborting it rejects with `aborted`. Default none. */
  signal?: AbortSignal | null;
}

export interface ListOptions extends CallOptions {
  /** Items wanted, a whole number in [1, 1000]. Default 12; of `rank`: all that are given. */
  count?: number;
  /** Item ids that must not appear. Default none. */
  exclude?: readonly string[];
  /** Which items may appear. Default all. A function costs more than a filter of columns. */
  filter?: ItemFilter | ItemPredicate | null;
  /** In [0, 1]. 0: by score alone; 1: as unlike each other as can be. Default 0. */
  diversity?: number;
  /**
   * Most items of one category (column `categories`), a whole number in [1, 1000]; an item of several
   * takes a place in each. The list is shorter than `count` only where the catalogue holds no other
   * item that fits. Default 1000: any number.
   */
  maxPerCategory?: number;
  /**
   * In [0, 1]. 0: the best known; 1: as curious as the model is uncertain. Default 0. What is like an
   * item, and what is popular, is certain: `similar` and `popular` are the same with it.
   */
  explore?: number;
}
