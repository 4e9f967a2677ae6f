/**
 * @module
 * Which items a list may hold, by their metadata.
 */
import { SottoError, invalidArgument, shown } from '../../errors.ts';
import type { Catalogue } from '../model.ts';

/** A bound on a numeric column, both ends included. */
export interface RangeFilter {
  min?: number;
  max?: number;
}

export type FilterValue = string | number | boolean;

/**
 * By metadata column, all of which must hold: a value (equal, or contained where the column holds
 * arrays), an array of values (any of them), or a range. An item without the column fails.
 */
export type ItemFilter = Readonly<
  Record<string, FilterValue | readonly FilterValue[] | RangeFilter>
>;

/**
 * @returns whether a row passes.
 * @throws {SottoError} `invalid-argument` for a column the catalogue does not have, or a range of
 * other words: an empty list, or a full one, would hide the misspelling.
 */
export function compileFilter(filter: ItemFilter, catalogue: Catalogue): (row: number) => boolean {
  if (!isRecord(filter)) throw invalidArgument('filter', 'an object or a function', filter);
  const conditions = Object.entries(filter).map(([name, condition]) => {
    if (!Object.hasOwn(catalogue, name)) {
      throw new SottoError(
        'invalid-argument',
        `filter names the column ${shown(name)}, but the catalogue has ${Object.keys(catalogue).join(', ') || 'none'}`,
      );
    }
    return { column: catalogue[name], matches: compileCondition(name, condition) };
  });
  return (row) => conditions.every(({ column, matches }) => matches(column[row]));
}

function compileCondition(
  name: string,
  condition: ItemFilter[string],
): (value: unknown) => boolean {
  if (['string', 'number', 'boolean'].includes(typeof condition)) {
    return (value) => (Array.isArray(value) ? value.includes(condition) : value === condition);
  }
  if (Array.isArray(condition)) {
    const wanted = new Set<unknown>(condition as readonly FilterValue[]);
    return (value) =>
      Array.isArray(value) ? value.some((one) => wanted.has(one)) : wanted.has(value);
  }
  const {
    min = -Infinity,
    max = Infinity,
    ...others
  } = isRecord(condition) ? (condition as RangeFilter) : { min: NaN };
  const isRange = typeof min === 'number' && typeof max === 'number' && min <= max;
  if (!isRange || Object.keys(others).length > 0) {
    throw new SottoError(
      'invalid-argument',
      `filter.${name} must be a value, an array or a range { min, max } with min ≤ max but got ` +
        shown(JSON.stringify(condition)),
    );
  }
  return (value) => typeof value === 'number' && value >= min && value <= max;
}

/** Neither null nor an array, nor a Map: those have no columns, and would let everything pass. */
function isRecord(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Object]';
}
