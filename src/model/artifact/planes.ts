/**
 * @module
 * Rows of int8 written column after column, and back: brotli then meets one column's distribution
 * at a time.
 */

/** @param rows - row-major. */
export function toPlanes(rows: Int8Array, dim: number): Int8Array<ArrayBuffer> {
  const count = rows.length / dim;
  const planes = new Int8Array(rows.length);
  for (let f = 0; f < dim; f++) {
    for (let row = 0; row < count; row++) planes[f * count + row] = rows[row * dim + f];
  }
  return planes;
}

/** Writes the rows into `target`, `stride` bytes from one to the next, from row `firstRow` on. */
export function fromPlanes(
  planes: Int8Array,
  { dim, stride }: { dim: number; stride: number },
  target: Int8Array,
  firstRow: number,
): void {
  const count = planes.length / dim;
  // Some rows at a time, so that what is written stays in the cache.
  for (let from = 0; from < count; from += 256) {
    const to = Math.min(count, from + 256);
    for (let f = 0; f < dim; f++) {
      for (let row = from; row < to; row++) {
        target[(firstRow + row) * stride + f] = planes[f * count + row];
      }
    }
  }
}
