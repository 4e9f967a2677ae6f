/**
 * @module
 * Sparse matrices by rows (CSR), and how the events of a (user, item) pair become one weight.
 */
import { SottoError } from '../../errors.ts';
import type { Interactions } from '../interactions.ts';

/** Row r holds entries `starts[r]` up to `starts[r + 1]`, columns ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Float64Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/**
 * What several events of one pair come to.
 *
 * - `once`: 1 for, −1 against, by the sign of the sum. A second purchase of the same gift says more
 *   of stock than of taste, and wholesalers would otherwise outweigh everybody.
 * - `max`: the strongest event by magnitude, its sign kept; of two equally strong, the one for.
 * - `sum`: all of them added up.
 */
export type RepeatRule = 'once' | 'max' | 'sum';

export const REPEAT_RULES: readonly RepeatRule[] = ['once', 'max', 'sum'];

/** Users × items. A pair whose weight comes to zero is left out: it says nothing. */
export function sparseFromInteractions(
  interactions: Interactions,
  repeat: RepeatRule,
): SparseMatrix {
  const { users, items, weights } = interactions;
  const userCount = interactions.userIds.length;
  const itemCount = interactions.itemIds.length;
  // Two counting sorts (by item, then by user, both stable) leave a user's items ascending and
  // equal pairs side by side, in the order of their events.
  const byItem = countingOrder(items, itemCount, null);
  const order = countingOrder(users, userCount, byItem);

  const starts = new Float64Array(userCount + 1);
  const indices = new Int32Array(users.length);
  const values = new Float32Array(users.length);
  let length = 0;
  let at = 0;
  for (let user = 0; user < userCount; user++) {
    starts[user] = length;
    while (at < order.length && users[order[at]] === user) {
      const item = items[order[at]];
      let sum = 0;
      let strongest = 0;
      for (; at < order.length && users[order[at]] === user && items[order[at]] === item; at++) {
        const weight = weights[order[at]];
        sum += weight;
        if (Math.abs(weight) > Math.abs(strongest) || weight === -strongest) {
          strongest = Math.abs(weight) === Math.abs(strongest) ? Math.abs(weight) : weight;
        }
      }
      const value = repeat === 'sum' ? sum : repeat === 'max' ? strongest : Math.sign(sum);
      if (value === 0) continue;
      indices[length] = item;
      values[length] = value;
      length++;
    }
  }
  starts[userCount] = length;
  return {
    rows: userCount,
    columns: itemCount,
    starts,
    indices: indices.slice(0, length),
    values: values.slice(0, length),
  };
}

/** The same entries by column. */
export function transpose(matrix: SparseMatrix): SparseMatrix {
  const starts = new Float64Array(matrix.columns + 1);
  for (const column of matrix.indices) starts[column + 1]++;
  for (let column = 0; column < matrix.columns; column++) starts[column + 1] += starts[column];
  const next = starts.slice();
  const indices = new Int32Array(matrix.indices.length);
  const values = new Float32Array(matrix.values.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let entry = matrix.starts[row]; entry < matrix.starts[row + 1]; entry++) {
      const place = next[matrix.indices[entry]]++;
      indices[place] = row;
      values[place] = matrix.values[entry];
    }
  }
  return { rows: matrix.columns, columns: matrix.rows, starts, indices, values };
}

/** Memory that whoever works on it can see: shared, where that is threads. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** This thread's own. */
export const PLAIN_MEMORY: Allocate = (bytes) => new ArrayBuffer(bytes);

/** A copy in such memory. */
export function shareMatrix(matrix: SparseMatrix, allocate: Allocate): SparseMatrix {
  const starts = new Float64Array(allocate(matrix.starts.byteLength));
  const indices = new Int32Array(allocate(matrix.indices.byteLength));
  const values = new Float32Array(allocate(matrix.values.byteLength));
  starts.set(matrix.starts);
  indices.set(matrix.indices);
  values.set(matrix.values);
  return { ...matrix, starts, indices, values };
}

/** Positions in ascending order of their key; ties stay in the order of `from`. */
function countingOrder(keys: Int32Array, bound: number, from: Int32Array | null): Int32Array {
  const next = new Float64Array(bound + 1);
  for (const key of keys) {
    if (key < 0 || key >= bound) {
      throw new SottoError('row-out-of-range', `index must be in [0, ${bound}) but got ${key}`);
    }
    next[key + 1]++;
  }
  for (let key = 0; key < bound; key++) next[key + 1] += next[key];
  const order = new Int32Array(keys.length);
  for (let position = 0; position < keys.length; position++) {
    const row = from ? from[position] : position;
    order[next[keys[row]]++] = row;
  }
  return order;
}
