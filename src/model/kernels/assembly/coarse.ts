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
/** Columns that add up in one int16 lane: one pair of every 16. */
const LANES: i32 = 8;
/** 256 × 128 would leave int16; rounding can add half a unit to each of eight values. */
const LARGEST_LANE: f64 = 255 - 4;

let unit: f64 = 1;
let restNorm: f64 = 0;
let excess: f64 = 0;

/**
 * @param query - int16, 64 values, above −32,768.
 * @param coarse - overwritten: 64 bytes of magnitudes, 64 of signs (0 or −1).
 */
export function coarsen(query: usize, coarse: usize): void {
  let largest: f64 = 0;
  for (let lane = 0; lane < LANES; lane++) {
    let sum: f64 = 0;
    for (let f = lane << 1; f < COARSE_ROW; f += 16) {
      for (let column = f; column < f + 2; column++) {
        const magnitude = Math.abs(<f64>load<i16>(query + (<usize>column << 1)));
        sum += magnitude;
        largest = max(largest, magnitude / 127);
      }
    }
    largest = max(largest, sum / LARGEST_LANE);
  }
  // Whole, so that every product below is.
  unit = max(Math.ceil(largest), 1);
  excess = 0;
  let squares: f64 = 0;
  for (let column: usize = 0; column < <usize>COARSE_ROW; column++) {
    const value = <f64>load<i16>(query + (column << 1));
    const magnitude = Math.floor(Math.abs(value) / unit + 0.5);
    const rest = Math.abs(value) - magnitude * unit;
    squares += rest * rest;
    store<u8>(coarse + column, <u8>magnitude);
    store<i8>(coarse + column + <usize>COARSE_ROW, value < 0 ? -1 : 0);
    if (value < 0) excess += magnitude;
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
  return <i32>Math.floor((threshold - restNorm * norm) / unit - excess - 1);
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
