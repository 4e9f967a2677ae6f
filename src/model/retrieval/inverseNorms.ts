/**
 * @module
 * 1 / length of every row in int8 units, for cosine; 0 for a row of zeros, which then scores 0.
 */
import type { ItemFactors } from '../model.ts';

export function inverseNorms(factors: ItemFactors): Float64Array {
  const { rows, stride, values, dim } = factors;
  const inverses = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const offset = row * stride;
    let squares = 0;
    for (let f = 0; f < dim; f++) squares += values[offset + f] * values[offset + f];
    inverses[row] = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  }
  return inverses;
}
