/**
 * @module
 * sortRows: all rows of a catalogue in an order, in steps: halves, by the engine's own sort once they
 * are short, and merged.
 */
import { STEP_ROWS, type Steps } from './steps.ts';

/** @param compare - as of `Array.prototype.sort`; never 0 for two rows, so that there is one order. */
export function* sortRows(
  rows: Int32Array,
  compare: (left: number, right: number) => number,
): Steps<Int32Array> {
  if (rows.length <= STEP_ROWS) {
    yield;
    return rows.sort(compare);
  }
  const middle = rows.length >> 1;
  const left = yield* sortRows(rows.slice(0, middle), compare);
  const right = yield* sortRows(rows.slice(middle), compare);
  let from = 0;
  for (let place = 0, to = 0; place < rows.length; place++) {
    const isLeft = to === right.length || (from < middle && compare(left[from], right[to]) < 0);
    rows[place] = isLeft ? left[from++] : right[to++];
    if (place % STEP_ROWS === 0) yield;
  }
  return rows;
}
