/**
 * @module
 * sortRows: all rows of a catalogue in an order, in steps: runs by the engine's own sort, then merged.
 */
import { STEP_ROWS, type Steps } from './steps.ts';

/** @param compare - as of `Array.prototype.sort`; never 0 for two rows, so that there is one order. */
export function* sortRows(
  rows: number,
  compare: (left: number, right: number) => number,
): Steps<Int32Array> {
  let sorted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) sorted[row] = row;
  for (let start = 0; start < rows; start += STEP_ROWS) {
    sorted.subarray(start, start + STEP_ROWS).sort(compare);
    yield;
  }
  let merged = new Int32Array(rows);
  for (let width = STEP_ROWS; width < rows; width *= 2) {
    for (let start = 0; start < rows; start += 2 * width) {
      const middle = Math.min(start + width, rows);
      const end = Math.min(middle + width, rows);
      let left = start;
      let right = middle;
      for (let to = start; to < end; to = Math.min(to + STEP_ROWS, end)) {
        const until = Math.min(to + STEP_ROWS, end);
        [left, right] = merge(sorted, left, middle, right, end, merged, to, until, compare);
        yield;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

/** The next of two sorted runs, up to place `until`. @returns where each run is then. */
function merge(
  from: Int32Array,
  left: number,
  middle: number,
  right: number,
  end: number,
  to: Int32Array,
  start: number,
  until: number,
  compare: (left: number, right: number) => number,
): [left: number, right: number] {
  for (let place = start; place < until; place++) {
    const isLeft = right === end || (left < middle && compare(from[left], from[right]) < 0);
    to[place] = isLeft ? from[left++] : from[right++];
  }
  return [left, right];
}
