/**
 * @module
 * The columns of the statistics as counts. Popularity and trending are always there; what needs
 * times may be absent.
 */
import { SottoError, shown } from '../../errors.ts';
import type { Catalogue, Counts, ItemStatistics } from '../model.ts';

export const MONTH_NAMES = Array.from(
  { length: 12 },
  (_, month): `month${number}` => `month${month + 1}`,
);

const LARGEST_FLOAT32 = 3e38;

/** @throws {SottoError} `manifest-invalid` for a column that is missing or holds anything else. */
export function decodeStatistics(columns: Catalogue, items: number): ItemStatistics {
  const optional = (name: string): Counts | null =>
    Object.hasOwn(columns, name) ? expectCounts(columns, name, items) : null;
  const hasMonths = MONTH_NAMES.some((name) => Object.hasOwn(columns, name));
  return {
    popularity: expectCounts(columns, 'popularity', items),
    trending: expectCounts(columns, 'trending', items),
    recent10: optional('recent10'),
    recent30: optional('recent30'),
    ageDays: optional('ageDays'),
    months: hasMonths ? MONTH_NAMES.map((name) => expectCounts(columns, name, items)) : null,
  };
}

function expectCounts(columns: Catalogue, name: string, items: number): Counts {
  const column = columns[name] as readonly unknown[] | undefined;
  if (!column && items > 0) {
    throw new SottoError('manifest-invalid', `statistics must hold the column ${shown(name)}`);
  }
  for (const value of column ?? []) {
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) continue;
    throw new SottoError(
      'manifest-invalid',
      `statistics.${name} must hold numbers of at least 0 but holds ${shown(value)}`,
    );
  }
  const values = (column ?? []) as readonly number[];
  return placeFor(values).from(values);
}

/** The least that holds them; rates to 24 bits. */
function placeFor(values: readonly number[]) {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest > LARGEST_FLOAT32) return Float64Array;
  if (!values.every((value) => value >>> 0 === value)) return Float32Array;
  if (largest < 2 ** 8) return Uint8Array;
  return largest < 2 ** 16 ? Uint16Array : Uint32Array;
}
