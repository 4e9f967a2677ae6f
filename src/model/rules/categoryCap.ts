/**
 * @module
 * At most so many items of one category in a list. Whoever adds to the list asks first, so the cap
 * holds whatever the order of adding; an item of several categories takes a place in each, one
 * without any is never capped.
 */
import type { Catalogue } from '../model.ts';
import type { RowMask } from '../retrieval/types.ts';
import { UNCAPPED } from './uncapped.ts';

export interface CategoryCap {
  /** Whether the row has a place in each of its categories. */
  admits(row: number): boolean;
  /** Takes those places. */
  add(row: number): void;
  /** Masks every row that has no place any more. */
  maskFull(mask: RowMask): void;
}

/**
 * @param catalogue - its column `categories` counts: texts, or arrays of them.
 * @param maxPerCategory - at least 1.
 * @returns null where nothing is capped: no bound, or no categories.
 */
export function createCategoryCap(
  catalogue: Catalogue,
  maxPerCategory: number | undefined,
): CategoryCap | null {
  if (maxPerCategory === undefined || maxPerCategory >= UNCAPPED) return null;
  if (!Object.hasOwn(catalogue, 'categories')) return null;
  const column = catalogue['categories'];
  const taken = new Map<string, number>();
  const isFull = (category: string): boolean => (taken.get(category) ?? 0) >= maxPerCategory;
  const admits = (row: number): boolean => !categoriesOf(column[row]).some(isFull);
  return {
    admits,
    add(row) {
      for (const category of categoriesOf(column[row])) {
        taken.set(category, (taken.get(category) ?? 0) + 1);
      }
    },
    maskFull(mask) {
      for (let row = 0; row < column.length; row++) {
        if (!admits(row)) mask[row >> 3] |= 1 << (row & 7);
      }
    },
  };
}

/** A name that comes twice on one item is one category. */
function categoriesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  const names = value.filter((one): one is string => typeof one === 'string');
  return names.length > 1 ? [...new Set(names)] : names;
}
