/**
 * @module
 * The search for neighbours cut into chunks that may run anywhere and in any order: what they read
 * and where each writes, in buffers that threads can share.
 */
import type { SolveKernel } from '../solveKernel.ts';
import type { SparseMatrix } from '../sparse.ts';
import { createNeighboursOf, type NeighbourOptions } from './neighboursOf.ts';
import { createPlainNeighboursOf } from './plainNeighboursOf.ts';

export interface NeighbourWork {
  /** Users × items, values positive; and its transpose. */
  readonly users: SparseMatrix;
  readonly items: SparseMatrix;
  readonly options: NeighbourOptions;
  /** false: what occurs together is taken as it is. */
  readonly regressed: boolean;
  /** By item: how many were found, at most `options.kept`. */
  readonly counts: Int32Array;
  /** Items × `options.kept`: who speaks for the item, and how much. */
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

const CHUNK_ITEMS = 16;

export function neighbourChunks({ items }: NeighbourWork): number {
  return Math.ceil(items.rows / CHUNK_ITEMS);
}

/** @param createKernel - for one number of columns; every kernel gives the same bits. */
export function createNeighbourRunner(
  work: NeighbourWork,
  createKernel: (dim: number) => SolveKernel,
): (chunk: number) => void {
  const { users, items, options, regressed, counts } = work;
  const neighboursOf = regressed
    ? createNeighboursOf(users, items, options, createKernel)
    : createPlainNeighboursOf(users, items, options);
  return (chunk) => {
    const last = Math.min(items.rows, (chunk + 1) * CHUNK_ITEMS);
    for (let item = chunk * CHUNK_ITEMS; item < last; item++) {
      const { rows, weights } = neighboursOf(item);
      counts[item] = rows.length;
      work.rows.set(rows, item * options.kept);
      work.weights.set(weights, item * options.kept);
    }
  };
}
