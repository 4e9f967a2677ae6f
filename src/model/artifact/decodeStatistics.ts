/**
 * @module
 * The columns of the statistics as counts. Popularity and trending are always there; what needs
 * times may be absent.
 */
import type { Catalogue, Counts, ItemStatistics } from '../model.ts';
import type { Steps } from '../steps.ts';
import { refuseModel } from './refuseModel.ts';

export const MONTH_NAMES = Array.from(
  { length: 12 },
  (_, month): `month${number}` => `month${month + 1}`,
);

const LARGEST_FLOAT32 = 3e38;

/** @throws {SottoError} `manifest-invalid` for a column that is missing or holds anything else. */
export function* decodeStatistics(columns: Catalogue, items: number): Steps<ItemStatistics> {
  const optional = (name: string): Counts | null =>
    Object.hasOwn(columns, name) ? expectCounts(columns, name, items) : null;
  const months: Counts[] = [];
  if (MONTH_NAMES.some((name) => Object.hasOwn(columns, name))) {
    for (const name of MONTH_NAMES) {
      months.push(expectCounts(columns, name, items));
      yield;
    }
  }
  return {
    popularity: expectCounts(columns, 'popularity', items),
    trending: expectCounts(columns, 'trending', items),
    recent10: optional('recent10'),
    recent30: optional('recent30'),
    ageDays: optional('ageDays'),
    months: months.length ? months : null,
  };
}

function expectCounts(columns: Catalogue, name: string, items: number): Counts {
  const column = columns[name] as readonly unknown[] | undefined;
  if (!column && items > 0) refuseModel(`statistics.${name}`, 'a column', column);
  const values = (column ?? []) as readonly number[];
  let largest = 0;
  let areWhole = true;
  for (const value of values) {
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) {
      refuseModel(`statistics.${name}`, 'of numbers from 0', value);
    }
    if (value > largest) largest = value;
    if (value >>> 0 !== value) areWhole = false;
  }
  const counts = new (placeFor(largest, areWhole))(values.length);
  counts.set(values);
  return counts;
}

/** The least that holds them; rates to 24 bits. */
function placeFor(largest: number, areWhole: boolean) {
  if (largest > LARGEST_FLOAT32) return Float64Array;
  if (!areWhole) return Float32Array;
  if (largest < 2 ** 8) return Uint8Array;
  return largest < 2 ** 16 ? Uint16Array : Uint32Array;
}
