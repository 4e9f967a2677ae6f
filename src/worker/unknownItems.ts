/**
 * @module
 * Items that a page names and the model does not know: refused, or last in a list of the caller's.
 */
import { SottoError } from '../errors.ts';
import type { RankRequest, Recommendation } from './api.ts';

/** @throws {SottoError} `unknown-item`, always. */
export function refuseItem(itemId: string): never {
  throw new SottoError(
    'unknown-item',
    `itemId must be an item of the model but is ${JSON.stringify(itemId)}`,
  );
}

/** The list, and after it the unknown, in the caller's order and without a score. */
export function withUnknown(
  ranked: readonly Recommendation[],
  unknown: readonly string[],
  { count, exclude, filter }: RankRequest,
): Recommendation[] {
  const excluded = new Set(exclude);
  const kept = [...new Set(unknown)].filter((itemId) => !excluded.has(itemId));
  const lowest = ranked.at(-1)?.score ?? 0;
  const last = kept.map((itemId, index) => ({
    itemId,
    score: Math.min(lowest, 0),
    rank: ranked.length + index,
    source: 'list' as const,
    item: {},
  }));
  // Without metadata nothing can be shown to pass a filter.
  return [...ranked, ...(filter === null ? last : [])].slice(0, count);
}
