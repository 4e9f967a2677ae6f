/**
 * @module
 * 1 / length of a row in int8 units, for cosine; 0 for a row of zeros, which then scores 0.
 */
import type { ItemFactors } from '../model.ts';

export function inverseNorms(factors: ItemFactors): Float64Array {
  return Float64Array.from({ length: factors.rows }, (_, row) => inverseNorm(factors, row));
}

export function inverseNorm({ stride, values, dim }: ItemFactors, row: number): number {
  const offset = row * stride;
  let squares = 0;
  for (let f = 0; f < dim; f++) squares += values[offset + f] * values[offset + f];
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}
