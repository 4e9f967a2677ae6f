/**
 * @module
 * Item factors for tests, from rows of whole numbers in [−127, 127].
 */
import type { FactorRows, ItemFactors } from '../model.ts';

/** @param scale - value of one unit. */
export function itemFactors(
  rows: readonly number[][],
  dim = rows[0].length,
  scale = 1,
): ItemFactors {
  const stride = Math.ceil(dim / 16) * 16;
  const blockRows = 4;
  const values = new Int8Array(rows.length * stride);
  const blockNorms = new Float64Array(Math.ceil(rows.length / blockRows));
  for (const [row, columns] of rows.entries()) {
    values.set(columns, row * stride);
    const block = Math.floor(row / blockRows);
    blockNorms[block] = Math.max(blockNorms[block], Math.hypot(...columns) * scale);
  }
  return { rows: rows.length, dim, stride, values, scale, basis: null, blockRows, blockNorms };
}

/** Rows of any numbers, as they are. */
export function exactRows(rows: readonly number[][]): FactorRows {
  const dim = rows[0].length;
  return { ...itemFactors([[]], dim), rows: rows.length, stride: dim, values: rows.flat() };
}

/** YᵀY of dequantised rows. */
export function gramOf({ rows, dim, stride, values, scale }: FactorRows): Float64Array {
  const gram = new Float64Array(dim * dim);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < dim; f++) {
      for (let g = 0; g < dim; g++) {
        gram[f * dim + g] += values[row * stride + f] * values[row * stride + g] * scale * scale;
      }
    }
  }
  return gram;
}
