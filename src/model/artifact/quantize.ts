/**
 * @module
 * Item factors as int8 with one scale for all: per-item scales would make the bytes noise and
 * double what goes over the wire.
 */
import { clipMagnitude } from './clipMagnitude.ts';
import type { Codebooks } from './codebooks.ts';
import { LARGEST_INT8, requireFiniteRows, roundRows, type RoundedRows } from './roundRows.ts';

export interface QuantizedFactors extends RoundedRows {
  /** Of a compact model: `values` are along its axes. null: int8 along the factors' own. */
  codebooks: Codebooks | null;
  /** value = int8 × scale. */
  scale: number;
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
  requireFiniteRows(factors, names, dim);
  // 1 also where a subnormal clip would make a scale of 0.
  const scale = clipMagnitude(factors, dim) / LARGEST_INT8 || 1;
  return { codebooks: null, scale, ...roundRows(factors, dim, blockRows, scale) };
}
