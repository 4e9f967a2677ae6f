/**
 * @module
 * Item factors for the compact engine: turned to their principal axes, rounded to multiples of one
 * step, in order of descending norm.
 *
 * One step for all rows and columns: what a score loses does not depend on the item, so short rows
 * and weak axes, of which a real model has most, take few distinct values and next to no bytes
 * once compressed. A code of fixed length would spend as much on them as on the strongest.
 */
import { symmetricEigen } from '../linalg/symmetricEigen.ts';
import { trainCodebooks } from '../training/codebooks.ts';
import { gramOf } from '../training/gram.ts';
import type { QuantizedFactors } from './quantize.ts';
import { LARGEST_INT8, requireFiniteRows, roundRows } from './roundRows.ts';

/** Factors along their principal axes. */
export interface TurnedFactors {
  /** N × d, row-major. */
  values: Float32Array;
  /** As `ItemFactors.basis`, in whole float32 values. */
  basis: Float64Array;
  /** Root mean square of the values. */
  rms: number;
  /** The largest magnitude. */
  largest: number;
}

/**
 * @param factors - N × d, row-major. Not modified.
 * @throws {SottoError} `not-finite` naming the item.
 */
export function turnFactors(
  factors: Float32Array,
  names: readonly string[],
  dim: number,
): TurnedFactors {
  const rows = names.length;
  requireFiniteRows(factors, names, dim);
  const gram = gramOf(factors, rows, dim);
  const basis = Float64Array.from(Float32Array.from(symmetricEigen(gram, dim).vectors));
  const values = new Float32Array(rows * dim);
  let squares = 0;
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const offset = row * dim;
    for (let column = 0; column < dim; column++) {
      let sum = 0;
      for (let f = 0; f < dim; f++) sum += basis[column * dim + f] * factors[offset + f];
      values[offset + column] = sum;
      squares += sum * sum;
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return { values, basis, rms: Math.sqrt(squares / Math.max(1, rows * dim)), largest };
}

/** @param step - values are rounded to its multiples; never finer than int8 can hold. */
export function quantizeCompact(
  { values, basis, largest }: TurnedFactors,
  dim: number,
  blockRows: number,
  step: number,
): QuantizedFactors {
  const scale = largest > 0 ? Math.max(step, largest / LARGEST_INT8) : 1;
  const rounded = roundRows(values, dim, blockRows, scale);
  const rows = rounded.order.length;
  const centroids = trainCodebooks(rounded.values, rows, dim, dim);
  return { codebooks: { basis, centroids }, scale, ...rounded };
}
