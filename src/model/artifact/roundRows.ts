/**
 * @module
 * Item factors as int8 multiples of one step, in order of descending norm.
 *
 * The order is that of the rounded rows: what a reader ranks with is what bounds its search.
 */
import { SottoError } from '../../errors.ts';

/** Symmetric: −128 is never used. */
export const LARGEST_INT8 = 127;

export interface RoundedRows {
  /** N × d, row-major, rows in `order`. */
  values: Int8Array;
  /** `order[row]` is the index that the row had before. */
  order: Int32Array;
  /** The largest norm of each block of `blockRows` rows, scale applied. */
  blockNorms: number[];
  /** Root mean square of (rounded − true), over that of the true values. */
  relativeError: number;
}

/** @param factors - N × d, row-major, finite. Not modified. @param scale - the step. */
export function roundRows(
  factors: Float32Array,
  dim: number,
  blockRows: number,
  scale: number,
): RoundedRows {
  const rows = factors.length / dim;
  const unordered = new Int8Array(rows * dim);
  // Whole numbers: exact, so that the order is the same everywhere.
  const squaredNorms = new Float64Array(rows);
  let squaredError = 0;
  let squaredValues = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = row * dim; place < (row + 1) * dim; place++) {
      const wanted = Math.round(factors[place] / scale);
      const value = Math.max(-LARGEST_INT8, Math.min(LARGEST_INT8, wanted));
      unordered[place] = value;
      squaredNorms[row] += value * value;
      squaredError += (value * scale - factors[place]) ** 2;
      squaredValues += factors[place] ** 2;
    }
  }
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort(
    (left, right) => squaredNorms[right] - squaredNorms[left] || left - right,
  );
  const values = new Int8Array(rows * dim);
  const blockNorms: number[] = [];
  for (let row = 0; row < rows; row++) {
    const from = order[row];
    values.set(unordered.subarray(from * dim, (from + 1) * dim), row * dim);
    if (row % blockRows === 0) blockNorms.push(Math.sqrt(squaredNorms[from]) * scale);
  }
  return {
    values,
    order,
    blockNorms,
    relativeError: squaredValues > 0 ? Math.sqrt(squaredError / squaredValues) : 0,
  };
}

/**
 * @param factors - N × d, row-major. @param names - by index, for the message.
 * @throws {SottoError} `not-finite` naming the item.
 */
export function requireFiniteRows(
  factors: Float32Array,
  names: readonly string[],
  dim: number,
): void {
  for (let place = 0; place < names.length * dim; place++) {
    if (Number.isFinite(factors[place])) continue;
    const row = Math.floor(place / dim);
    throw new SottoError(
      'not-finite',
      `factors of row ${row} (item ${names[row]}) must be finite but hold ${factors[place]}`,
    );
  }
}
