/**
 * @module
 * A first look at rows of 64 bytes through relaxed SIMD: their inner products with a query of about
 * six bits, two products an instruction and lane, and how far these can be from the exact ones.
 * Half the work of an exact sum, which then only rows near the list's end cost.
 *
 * With query = unit × coarse + rest, a row's sum is unit × (its coarse sum) + (rest · row), and the
 * last is at most |rest| × |row| (Cauchy–Schwarz). So what the first look refuses could not enter.
 *
 * Relaxed SIMD knows such a product with a second factor in [0, 127] only, so the sign goes to the
 * row: |q| × (x xor −1) = −|q| × x − |q|, and what is too much is the same for every row.
 */
import { addPairs, addRows } from './dotRows';

/** Columns, and bytes a row. */
export const COARSE_ROW: i32 = 64;
/** Eight columns add up in an int16 lane, to less than 256 × 128; rounding can add 8 × ½. */
const LARGEST_LANE: i32 = 255 - 4;

let unit: i32 = 1;
let restNorm: f64 = 0;
let excess: i32 = 0;

/**
 * @param query - int16, 64 values, above −32,768.
 * @param coarse - overwritten: 64 bytes of magnitudes, 64 of signs (0 or −1).
 */
export function coarsen(query: usize, coarse: usize): void {
  const ones = i16x8.splat(1);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  for (let at = query; at < query + 128; at += 32) {
    low = i32x4.add(low, i32x4.dot_i16x8_s(i16x8.abs(v128.load(at)), ones));
    high = i32x4.add(high, i32x4.dot_i16x8_s(i16x8.abs(v128.load(at, 16)), ones));
  }
  const lanes = i32x4.max_s(low, high);
  const largest = max(
    max(i32x4.extract_lane(lanes, 0), i32x4.extract_lane(lanes, 1)),
    max(i32x4.extract_lane(lanes, 2), i32x4.extract_lane(lanes, 3)),
  );
  unit = 1 + largest / LARGEST_LANE;
  excess = 0;
  let squares: f64 = 0;
  for (let column = 0; column < COARSE_ROW; column++) {
    const value = <i32>load<i16>(query + (<usize>column << 1));
    // What a value past seven bits has too much is left to the rest.
    const magnitude = min((abs(value) + (unit >> 1)) / unit, 127);
    const rest = <f64>(abs(value) - magnitude * unit);
    const sign = value >> 31;
    squares += rest * rest;
    excess += sign & magnitude;
    store<u8>(coarse + <usize>column, magnitude);
    store<u8>(coarse + <usize>column, sign, COARSE_ROW);
  }
  restNorm = Math.sqrt(squares);
}

/**
 * @param norm - of the longest row.
 * @returns what a row's coarse sum must exceed if its exact one is above `threshold`.
 */
export function coarseThreshold(threshold: f64, norm: f64): i32 {
  if (threshold == -Infinity) return i32.MIN_VALUE;
  // One below: norms are rounded.
  return <i32>Math.floor((threshold - restNorm * norm) / <f64>unit) - excess - 1;
}

// @ts-ignore: decorator
@inline
function dotSixteen(values: v128, sign: v128, magnitude: v128): v128 {
  return i16x8.relaxed_dot_i8x16_i7x16_s(v128.xor(values, sign), magnitude);
}

/** Eight partial sums of one row. */
// @ts-ignore: decorator
@inline
function coarseRow(
  row: usize,
  sign0: v128,
  sign1: v128,
  sign2: v128,
  sign3: v128,
  query0: v128,
  query1: v128,
  query2: v128,
  query3: v128,
): v128 {
  let sum = dotSixteen(v128.load(row), sign0, query0);
  sum = i16x8.add(sum, dotSixteen(v128.load(row, 16), sign1, query1));
  sum = i16x8.add(sum, dotSixteen(v128.load(row, 32), sign2, query2));
  sum = i16x8.add(sum, dotSixteen(v128.load(row, 48), sign3, query3));
  return i32x4.dot_i16x8_s(sum, i16x8.splat(1));
}

/**
 * Notes where a row of [index, last) exceeds `least`, four rows a step. No branch depends on it:
 * near the start of a scan, where the list is still poor, no processor could guess it.
 *
 * @param row - where `index` begins; three rows past `last` may be read.
 * @param hits - int32, a place a step: the index of the first of four rows << 4, and a bit for each
 * of the four that does.
 * @returns how many were noted.
 */
export function noteAbove(
  row: usize,
  coarse: usize,
  index: i32,
  last: i32,
  least: i32,
  hits: usize,
): i32 {
  const query0 = v128.load(coarse);
  const query1 = v128.load(coarse, 16);
  const query2 = v128.load(coarse, 32);
  const query3 = v128.load(coarse, 48);
  const sign0 = v128.load(coarse, 64);
  const sign1 = v128.load(coarse, 80);
  const sign2 = v128.load(coarse, 96);
  const sign3 = v128.load(coarse, 112);
  const leasts = i32x4.splat(least);
  let count = 0;
  for (; index < last; index += 4, row += 256) {
    const sums = addPairs(
      addRows(
        coarseRow(row, sign0, sign1, sign2, sign3, query0, query1, query2, query3),
        coarseRow(row + 64, sign0, sign1, sign2, sign3, query0, query1, query2, query3),
      ),
      addRows(
        coarseRow(row + 128, sign0, sign1, sign2, sign3, query0, query1, query2, query3),
        coarseRow(row + 192, sign0, sign1, sign2, sign3, query0, query1, query2, query3),
      ),
    );
    const above = i32x4.bitmask(i32x4.gt_s(sums, leasts));
    store<i32>(hits + (<usize>count << 2), (index << 4) | above);
    count += i32(above != 0);
  }
  return count;
}
