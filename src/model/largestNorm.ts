/**
 * @module
 * largestNorm: how long the longest of some int8 rows is; what bounds a block or a group of them.
 */

/** In units of int8, of the rows that lie in [from, end). Sums are whole numbers, and so exact. */
export function largestNorm(values: Int8Array, from: number, end: number, stride: number): number {
  let largest = 0;
  for (let start = from; start < end; start += stride) {
    let squares = 0;
    for (let at = start; at < start + stride; at++) squares += values[at] * values[at];
    if (squares > largest) largest = squares;
  }
  return Math.sqrt(largest);
}
