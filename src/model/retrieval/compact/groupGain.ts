/**
 * @module
 * The gain of a group of rows: the root mean square of their values. Rows come in order of norm,
 * so one number does for a group, and what is left to the codes is direction.
 */
import { GROUP_ROWS } from './layout.ts';

/** @param values - rows × stride, zero past d; so the mean is over `stride` columns. */
export function groupGain(values: Int8Array, rows: number, stride: number, group: number): number {
  const from = group * GROUP_ROWS * stride;
  const to = Math.min(rows, (group + 1) * GROUP_ROWS) * stride;
  let squares = 0;
  for (let at = from; at < to; at++) squares += values[at] * values[at];
  return Math.sqrt(squares / (to - from));
}
