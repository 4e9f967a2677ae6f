/**
 * @module
 * Who is ranked: what the embedding retrieves, what the visitor's items speak for, and what everyone
 * wants at this time. Each finds what the others miss; the ranker decides.
 */
import type { RowMask } from './retrieval/types.ts';
import { isMasked } from './rules/mask.ts';
import type { Companions } from './signals/companions.ts';
import type { ItemSignals } from './signals/itemSignals.ts';
import { sortRows } from './sortRows.ts';
import { STEP_ROWS, withPauses, type Pause, type Steps } from './steps.ts';

/** The unmasked rows of `rows` with the largest values, at most `count`; equal ones by row. */
function strongest(
  rows: Int32Array,
  values: Float64Array,
  count: number,
  mask: RowMask,
): Int32Array {
  const able = rows.filter((row) => values[row] > 0 && !isMasked(mask, row));
  // Numbers sort many times faster by themselves than by a comparison: of a long history's
  // thousands only those that reach the last place are put in order.
  const sorted = Float64Array.from(able, (row) => values[row]).sort();
  const least = sorted[Math.max(sorted.length - count, 0)];
  return able
    .filter((row) => values[row] >= least)
    .sort((left, right) => values[right] - values[left] || left - right)
    .subarray(0, count);
}

/** What the visitor's items speak for: half by all of them, half by the recent ones. */
export function companionRows(companions: Companions, count: number, mask: RowMask): Int32Array[] {
  const { touched, all, recent } = companions;
  return [all, recent].map((values) => strongest(touched, values, count, mask));
}

/** Rows in the order of what everyone wants now; sorted once a day. */
export function createLeaders(
  rows: number,
  pause?: Pause,
): (signals: ItemSignals) => Promise<Int32Array> {
  let sortedFor: ItemSignals | null = null;
  let order: Promise<Int32Array>;
  return (signals) => {
    if (signals !== sortedFor) {
      sortedFor = signals;
      order = withPauses(leadersBy(signals, rows), pause);
    }
    return order;
  };
}

function* leadersBy({ trending, recent30, season }: ItemSignals, rows: number): Steps<Int32Array> {
  const value = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    value[row] = trending(row) + recent30(row) + season(row);
    if (row % STEP_ROWS === 0) yield;
  }
  return yield* sortRows(rows, (left, right) => value[right] - value[left] || left - right);
}

/** The first `count` unmasked rows of an order. */
export function firstUnmasked(order: Int32Array, count: number, mask: RowMask): Int32Array {
  const rows: number[] = [];
  for (const row of order) {
    if (rows.length >= count) break;
    if (!isMasked(mask, row)) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** Every row once, in order of first appearance. */
export function union(lists: readonly Int32Array[]): Int32Array {
  const rows = new Set<number>();
  for (const list of lists) for (const row of list) rows.add(row);
  return Int32Array.from(rows);
}
