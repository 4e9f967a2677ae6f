/**
 * @module
 * sortRows: all rows of a catalogue in an order, in steps: a merge sort from the bottom up.
 */
import { STEP_ROWS, type Steps } from './steps.ts';

/** @param compare - as of `Array.prototype.sort`; never 0 for two rows, so that there is one order. */
export function* sortRows(
  rows: number,
  compare: (left: number, right: number) => number,
): Steps<Int32Array> {
  let from = Int32Array.from({ length: rows }, (_, row) => row);
  let to = new Int32Array(rows);
  for (let width = 1; width < rows; width *= 2) {
    let left = 0;
    let right = 0;
    for (let place = 0; place < rows; place++) {
      // Two runs, each sorted, become one.
      const start = place - (place % (2 * width));
      const middle = Math.min(start + width, rows);
      if (place === start) {
        left = start;
        right = middle;
      }
      const isLeft =
        right >= Math.min(middle + width, rows) ||
        (left < middle && compare(from[left], from[right]) < 0);
      to[place] = from[isLeft ? left++ : right++];
      if (place % STEP_ROWS === 0) yield;
    }
    [from, to] = [to, from];
  }
  return from;
}
