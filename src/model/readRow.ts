/**
 * @module
 * Rows of the item factors as numbers, and vectors in the frame of their columns. The
 * only home of what `basis` means.
 */
import { SottoError } from '../errors.ts';
import type { FactorRows } from './model.ts';

/**
 * Writes the dequantised row into `target` (length d).
 * @throws {SottoError} `row-out-of-range`.
 */
export function readRow(factors: FactorRows, row: number, target: Float64Array): Float64Array {
  requireRow(factors, row);
  const { values, stride, scale, dim, basis } = factors;
  const offset = row * stride;
  if (basis === null) {
    for (let f = 0; f < dim; f++) target[f] = values[offset + f] * scale;
    return target;
  }
  target.fill(0, 0, dim);
  for (let column = 0; column < dim; column++) {
    const value = values[offset + column] * scale;
    if (value === 0) continue;
    for (let f = 0; f < dim; f++) target[f] += value * basis[column * dim + f];
  }
  return target;
}

/** The vector along the axes of the columns; itself where they have no basis. */
export function toColumns({ basis, dim }: FactorRows, vector: Float64Array): Float64Array {
  if (basis === null) return vector;
  const along = new Float64Array(dim);
  // Two sums at once: one waits for each addition to end before the next.
  for (let column = 0; column < dim; column += 2) {
    const offset = column * dim;
    let sum = 0;
    let next = 0;
    for (let f = 0; f < dim; f++) {
      sum += basis[offset + f] * vector[f];
      next += basis[offset + dim + f] * vector[f];
    }
    along[column] = sum;
    along[column + 1] = next;
  }
  return along;
}

/** A function that gives any row's inner product with one vector: O(d²) once, O(d) a row. */
export function dotRows(factors: FactorRows, vector: Float64Array): (row: number) => number {
  const { values, stride, scale, dim } = factors;
  const along = toColumns(factors, vector);
  return (row) => {
    const offset = row * stride;
    let sum = 0;
    for (let f = 0; f < dim; f++) sum += values[offset + f] * along[f];
    return sum * scale;
  };
}

function requireRow({ rows }: FactorRows, row: number): void {
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
    throw new SottoError('row-out-of-range', `row must be in [0, ${rows}) but got ${row}`);
  }
}
