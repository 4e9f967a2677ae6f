/**
 * @module
 * What the four kinds of list share: their options made strict, a function as a filter (it cannot
 * cross to the worker, so the page asks for growing lists until enough is left), and abortion.
 */
import { SottoError, asSottoError, invalidArgument } from '../errors.ts';
import { requireInteger, requireNumber, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import type { ItemFilter, ItemMetadata, ListRequest, Recommendation } from '../worker/api.ts';

/** Evaluated in the page, once for each item that might be shown. */
export type ItemPredicate = (item: ItemMetadata, itemId: string) => boolean;

export interface ListOptions {
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
  /** In [0, 1]. 0: the best known; 1: as curious as the model is uncertain. Default 0. */
  explore?: number;
  /** Aborting it rejects with `aborted`. Default none. */
  signal?: AbortSignal | null;
}

const MAX_COUNT = 1000;
/** How much more is asked for when a predicate has left too little. */
const GROWTH = 4;

/**
 * @param defaultCount - not held to the bound: the length of a list that the caller gave.
 * @throws {SottoError} `invalid-argument`, naming option, bound and value.
 */
export function resolveList(options: ListOptions, defaultCount = 12): ListRequest {
  const {
    count,
    exclude = [],
    filter,
    diversity = 0,
    explore = 0,
    maxPerCategory = MAX_COUNT,
  } = options;
  if (filter && typeof filter !== 'object' && typeof filter !== 'function') {
    throw invalidArgument('filter', 'an object or a function', filter);
  }
  return {
    count: count === undefined ? defaultCount : requireInteger('count', count, 1, MAX_COUNT),
    exclude: requireIds('exclude', exclude),
    filter: typeof filter === 'object' ? filter : null,
    diversity: requireNumber('diversity', diversity, 0, 1),
    maxPerCategory: requireInteger('maxPerCategory', maxPerCategory, 1, MAX_COUNT),
    explore: requireNumber('explore', explore, 0, 1),
  };
}

/** Asks once; with a predicate until `count` items pass it, or the catalogue holds no more. */
export async function askForList(
  request: ListRequest,
  { filter }: ListOptions,
  ask: (request: ListRequest) => Promise<Recommendation[]>,
): Promise<Recommendation[]> {
  if (typeof filter !== 'function') return ask(request);
  for (let count = request.count * GROWTH; ; count *= GROWTH) {
    const list = await ask({ ...request, count });
    let kept: Recommendation[];
    try {
      kept = list.filter(({ item, itemId }) => filter(item, itemId)).slice(0, request.count);
    } catch (error) {
      throw asSottoError(error, 'invalid-argument');
    }
    if (kept.length === request.count || list.length < count) {
      return kept.map((one, rank) => ({ ...one, rank }));
    }
  }
}

/** `work`, unless `signal` is aborted first. What an aborted call has begun is not undone. */
export function abortable<T>(
  signal: AbortSignal | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new SottoError('aborted', 'the call was aborted'));
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    work()
      .finally(() => signal?.removeEventListener('abort', abort))
      .then(resolve, reject);
  });
}

/** @throws {SottoError} `invalid-argument` unless `value` is an item id. */
export function requireId(name: string, value: unknown): string {
  return requireText(name, value, MAX_ITEM_ID_LENGTH);
}

/** @throws {SottoError} `invalid-argument` unless `value` is an array of item ids. */
export function requireIds(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw invalidArgument(name, 'an array of item ids', value);
  return value.map((id) => requireId(name, id));
}
