/**
 * @module
 * One row of the item factors as numbers.
 */
import { SottoError } from '../errors.ts';
import type { FactorRows } from './model.ts';

/**
 * Writes the dequantised row into `target` (length d).
 * @throws {SottoError} `row-out-of-range`.
 */
export function readRow(factors: FactorRows, row: number, target: Float64Array): Float64Array {
  if (!(Number.isInteger(row) && row >= 0 && row < factors.rows)) {
    throw new SottoError('row-out-of-range', `row must be in [0, ${factors.rows}) but got ${row}`);
  }
  const { values, stride, scale, dim } = factors;
  const offset = row * stride;
  for (let f = 0; f < dim; f++) target[f] = values[offset + f] * scale;
  return target;
}

/** Inner product of a dequantised row with a vector of length d. */
export function dotRow(factors: FactorRows, row: number, vector: Float64Array): number {
  const { values, stride, scale, dim } = factors;
  const offset = row * stride;
  let sum = 0;
  for (let f = 0; f < dim; f++) sum += values[offset + f] * vector[f];
  return sum * scale;
}
