/**
 * @module
 * Item factors as int8 with one scale for all, in order of descending norm.
 *
 * One scale, because per-item scales make the bytes noise and double what goes over the wire. The
 * order is that of the quantised rows: what a reader ranks with is what bounds its search.
 */
import { SottoError } from '../../errors.ts';
import { clipMagnitude } from './clipMagnitude.ts';
import type { Codebooks } from './codebooks.ts';

const LARGEST_INT8 = 127;

export interface QuantizedFactors {
  /** Of a compact model: `values` are along its axes. null: int8 along the factors' own. */
  codebooks: Codebooks | null;
  /** N × d, row-major, rows in `order`. */
  values: Int8Array;
  /** value = int8 × scale. */
  scale: number;
  /** `order[row]` is the index that the row had before. */
  order: Int32Array;
  /** The largest norm of each block of `blockRows` rows, scale applied. */
  blockNorms: number[];
  /** Root mean square of (quantised − true), over that of the true values. */
  relativeError: number;
}

/**
 * @param factors - N × d, row-major. Not modified.
 * @param names - by index, for messages.
 * @throws {SottoError} `not-finite` naming the item.
 */
export function quantizeFactors(
  factors: Float32Array,
  names: readonly string[],
  dim: number,
  blockRows: number,
): QuantizedFactors {
  const rows = names.length;
  let largest = 0;
  for (let place = 0; place < rows * dim; place++) {
    const magnitude = Math.abs(factors[place]);
    if (!Number.isFinite(magnitude)) {
      const row = Math.floor(place / dim);
      throw new SottoError(
        'not-finite',
        `factors of row ${row} (item ${names[row]}) must be finite but hold ${factors[place]}`,
      );
    }
    if (magnitude > largest) largest = magnitude;
  }
  // Symmetric: −128 is never used.
  const scale = largest > 0 ? clipMagnitude(factors, largest) / LARGEST_INT8 || 1 : 1;
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
  const blockNorms = new Array<number>(Math.ceil(rows / blockRows)).fill(0);
  for (let row = 0; row < rows; row++) {
    const from = order[row];
    values.set(unordered.subarray(from * dim, (from + 1) * dim), row * dim);
    const block = Math.floor(row / blockRows);
    blockNorms[block] = Math.max(blockNorms[block], Math.sqrt(squaredNorms[from]) * scale);
  }
  return {
    codebooks: null,
    values,
    scale,
    order,
    blockNorms,
    relativeError: squaredValues > 0 ? Math.sqrt(squaredError / squaredValues) : 0,
  };
}
