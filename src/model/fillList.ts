/**
 * @module
 * Fills a list from candidates, asking for further ones where a cap by category has turned too many
 * away: what is capped is never a reason for a list shorter than the catalogue allows.
 */
import type { CategoryCap } from './rules/categoryCap.ts';
import { maskRows } from './rules/mask.ts';
import type { RowMask } from './retrieval/types.ts';

/** Rows and their scores, best first. */
export interface RankedRows {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
}

export interface ListFill<T> {
  readonly list: readonly T[];
  /** Places left. */
  readonly missing: number;
  /**
   * Takes what it can; what was offered, and what is capped from now on, is masked.
   * @param asked - how many candidates were asked for: fewer are the last there are.
   * @returns whether others are wanted.
   */
  offer(candidates: RankedRows, asked: number): boolean;
}

/**
 * @param mask - the one that candidates are retrieved with; added to.
 * @param pick - at most so many of the candidates, none that the cap does not admit.
 */
export function createListFill<T>(
  count: number,
  mask: RowMask,
  cap: CategoryCap | null,
  pick: (candidates: RankedRows, count: number) => T[],
): ListFill<T> {
  const list: T[] = [];
  return {
    list,
    get missing() {
      return count - list.length;
    },
    offer(candidates, asked) {
      list.push(...pick(candidates, count - list.length));
      // Without a cap whatever was left out was left out for better ones.
      if (!cap || list.length === count || candidates.rows.length < asked) return false;
      maskRows(mask, candidates.rows);
      cap.maskFull(mask);
      return true;
    },
  };
}
