/**
 * @module
 * The columns of the statistics as counts. Popularity and trending are always there; what needs
 * times may be absent.
 */
import { SottoError, shown } from '../../errors.ts';
import type { Catalogue, Counts, ItemStatistics } from '../model.ts';
import { STEP_ROWS, type Steps } from '../steps.ts';

export const MONTH_NAMES = Array.from(
  { length: 12 },
  (_, month): `month${number}` => `month${month + 1}`,
);

const ALWAYS = ['popularity', 'trending'];
const OPTIONAL = ['recent10', 'recent30', 'ageDays'];

const LARGEST_FLOAT32 = 3e38;

/** @throws {SottoError} `manifest-invalid` for a column that is missing or holds anything else. */
export function* decodeStatistics(columns: Catalogue, items: number): Steps<ItemStatistics> {
  const decoded: Record<string, Counts> = {};
  const hasMonths = MONTH_NAMES.some((name) => Object.hasOwn(columns, name));
  const optional = OPTIONAL.filter((name) => Object.hasOwn(columns, name));
  for (const name of [...ALWAYS, ...optional, ...(hasMonths ? MONTH_NAMES : [])]) {
    decoded[name] = yield* expectCounts(columns, name, items);
  }
  const { popularity, trending, recent10 = null, recent30 = null, ageDays = null } = decoded;
  const months = hasMonths ? MONTH_NAMES.map((name) => decoded[name]) : null;
  return { popularity, trending, recent10, recent30, ageDays, months };
}

function* expectCounts(columns: Catalogue, name: string, items: number): Steps<Counts> {
  const column = columns[name] as readonly unknown[] | undefined;
  if (!column && items > 0) {
    throw new SottoError('manifest-invalid', `statistics must hold the column ${shown(name)}`);
  }
  const values = (column ?? []) as readonly number[];
  let largest = 0;
  let areWhole = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) {
      throw new SottoError(
        'manifest-invalid',
        `statistics.${name} must hold numbers of at least 0 but holds ${shown(value)}`,
      );
    }
    if (value > largest) largest = value;
    if (value >>> 0 !== value) areWhole = false;
    if (row % STEP_ROWS === 0) yield;
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
