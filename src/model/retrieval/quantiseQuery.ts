/**
 * @module
 * The query of a scan over int8 rows, as int16: fine enough to lose nothing that shows, and small
 * enough that no sum can leave 32 bits. Every engine starts from it, so all give the same list.
 */
import { invalidArgument, SottoError } from '../../errors.ts';
import type { ItemFactors } from '../model.ts';
import { toColumns } from '../readRow.ts';
import type { TopKQuery } from './types.ts';

export interface QuantisedQuery {
  /** Length `stride`, zero past d. */
  values: Int16Array;
  /** Score = integer sum × scale (for the inner product). */
  scale: number;
  /** Euclidean length of `values`. */
  norm: number;
}

/** The largest whose two digits to the base 256, each in [−128, 127], both fit an int8. */
const MAX_VALUE = 127 * 256 + 127;
const MAX_INT32 = 2_147_483_647;
/** Largest magnitude of an int8. */
const MAX_ROW_VALUE = 128;

/** @throws {SottoError} as `RetrievalEngine.topK`. */
export function quantiseQuery(factors: ItemFactors, query: TopKQuery): QuantisedQuery {
  const { vector, k, mask } = query;
  const { dim, rows, stride } = factors;
  if (vector.length !== dim) throw invalidArgument('query', `of length ${dim}`, vector.length);
  if (!Number.isInteger(k) || k < 1) throw invalidArgument('k', 'a whole number from 1', k);
  const maskBytes = Math.ceil(rows / 8);
  if (mask !== null && mask.length < maskBytes) {
    throw invalidArgument('mask', `of length ${maskBytes}`, mask.length);
  }
  for (let f = 0; f < dim; f++) {
    if (!Number.isFinite(vector[f])) {
      throw new SottoError('not-finite', `query[${f}] must be finite but is ${vector[f]}`);
    }
  }
  const along = toColumns(factors, vector);
  let largest = 0;
  let sum = 0;
  for (let f = 0; f < dim; f++) {
    const magnitude = Math.abs(along[f]);
    if (magnitude > largest) largest = magnitude;
    sum += magnitude;
  }
  const values = new Int16Array(stride);
  if (largest === 0) return { values, scale: 0, norm: 0 };
  // Scaled by the largest first: a sum over subnormal or huge values would lose its meaning.
  const spread = sum / largest;
  // Rounding can add half a unit to each of the d values; the bound leaves room for it.
  const unit = Math.min(MAX_VALUE, (MAX_INT32 / MAX_ROW_VALUE - dim) / spread);
  let squares = 0;
  for (let f = 0; f < dim; f++) {
    const value = Math.round((along[f] / largest) * unit);
    values[f] = value;
    squares += value * value;
  }
  return { values, scale: (largest / unit) * factors.scale, norm: Math.sqrt(squares) };
}
